"""What the operator's pages work with beside what all pages do."""

from attrs import frozen

from application.operating.pause_model import PauseModel
from application.operating.read_course import ReadCourse
from application.operating.read_overview import ReadOverview
from application.operating.resume_model import ResumeModel


@frozen(kw_only=True)
class DeskUseCases:
    """The service as a whole, and the models that are offered."""

    overview: ReadOverview
    course: ReadCourse
    pause_model: PauseModel
    resume_model: ResumeModel
