from .pages import ProjectIndexPage, ProjectPage
from .projects import Project

__all__ = ["Project", "ProjectIndexPage", "ProjectPage"]
