"""The addresses of stories, news and the press kit."""

from __future__ import annotations

from django.urls import path

from landbridge.stories import views

app_name = "stories"
urlpatterns = [
    path("", views.stories, name="stories"),
    path("feed/", views.feed, name="feed"),
    path("kept/", views.kept, name="kept"),
    path("kept/new/<int:collaboration_pk>/", views.new, name="new"),
    path("news/", views.all_news, name="all_news"),
    path("news/feed/", views.news_feed, name="news_feed"),
    path("news/kept/", views.kept_news, name="kept_news"),
    path("news/new/", views.news_new, name="news_new"),
    path("news/<slug:news_slug>/", views.news, name="news"),
    path("news/<slug:news_slug>/text/<str:language>/", views.news_text, name="news_text"),
    path("news/<slug:news_slug>/publication/", views.news_publication, name="news_publication"),
    path("news/<slug:news_slug>/withdrawal/", views.news_withdrawal, name="news_withdrawal"),
    path("press/", views.press, name="press"),
    path("press/facts.pdf", views.press_sheet, name="press_sheet"),
    path("press/figures.csv", views.press_figures, name="press_figures"),
    path("pictures/<int:story_picture_pk>/", views.picture_file, name="picture_file"),
    path("pictures/<int:story_picture_pk>/words/", views.picture_words, name="picture_words"),
    path("pictures/<int:story_picture_pk>/removal/", views.picture_removal, name="picture_removal"),
    path("<slug:slug>/", views.story, name="story"),
    path("<slug:slug>/text/<str:language>/", views.text, name="text"),
    path("<slug:slug>/text/<str:language>/removal/", views.text_removal, name="text_removal"),
    path("<slug:slug>/pictures/new/", views.picture_new, name="picture_new"),
    path("<slug:slug>/showing/", views.showing, name="showing"),
    path("<slug:slug>/approval/", views.approval, name="approval"),
    path("<slug:slug>/publication/", views.publication, name="publication"),
    path("<slug:slug>/withdrawal/", views.withdrawal, name="withdrawal"),
    path("<slug:slug>/reopening/", views.reopening, name="reopening"),
]
