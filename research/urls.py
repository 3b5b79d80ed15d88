from django.urls import path

from .views import projects

app_name = "research"

urlpatterns = [
    path("", projects.projects, name="projects"),
    path("mine/", projects.mine, name="mine"),
    path("new/", projects.project_new, name="project_new"),
    path("projects/<int:pk>/", projects.project_edit, name="project_edit"),
]
