// When a passkey is not used (cancelled, timed out, not known here), say so beside the button.
document.addEventListener('allauth.error', function (event) {
  const text = document.querySelector('[data-passkey-error]')
  if (!text) return
  event.preventDefault()
  text.hidden = false
  text.setAttribute('role', 'alert')
})
