from django.urls import path

from .views.oai import oai

urlpatterns = [path("", oai, name="oai")]
