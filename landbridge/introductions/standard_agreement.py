"""A first text of the confidentiality agreement; the office edits it, and whoever signs it lets their lawyer read it.

Written for this product, without the words of any law or other agreement. [company] and [provider] are filled in.
"""

from __future__ import annotations

NAME = "Mutual agreement on confidentiality"
TEXT = """Between [company] (the company) and [provider] (the provider), about the question [number].

1. Both sides share confidential matters with each other only to find out whether and how they can work together on
this question.

2. Confidential is what one side marks so, or what anybody in its place would keep to themselves: substances, samples,
data, drawings, figures and plans. Not confidential is what is public, what the other side knew before, or what it
learns from somebody who may tell it.

3. Each side uses what is confidential for this purpose alone, shows it only to people who need it and are bound to
keep it, and guards it as it guards its own.

4. Nobody gains a right to the other side's inventions, samples or data by this agreement. What a side has received it
gives back or destroys when asked, and says so in writing.

5. This agreement holds from the later signature on and for five years. Where a law or a court demands disclosure, the
side concerned tells the other before, as far as it may.

6. Each side answers for the harm that it does by breaking it. The law of the provider's country holds.
"""
