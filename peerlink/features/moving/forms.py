"""What is sent to move in."""

from flask_wtf.file import FileField, FileRequired

from peerlink.web.form import Form
from peerlink.words import N_


class WorkbookForm(Form):
    """A workbook to be looked over."""

    file = FileField(N_("Workbook"), [FileRequired(N_("Choose a file."))])
