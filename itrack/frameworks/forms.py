"""What people send about frameworks, turned into values."""

from dataclasses import replace
from typing import Any

from django import forms

from itrack.frameworks.rules.content import Content
from itrack.frameworks.rules.limits import LONGEST_POINTER, LONGEST_STRAND, LONGEST_TEXT, LONGEST_TITLE, LONGEST_VERSION
from itrack.frameworks.sources.file import read_framework
from itrack.frameworks.sources.json_file import read_json
from itrack.frameworks.sources.reading import ReadFramework, tidied
from itrack.frameworks.sources.text import LARGEST_FILE, UnreadableFileError

# A framework that a page sends back is text of ours; twice the largest file is never reached by one that was read.
LONGEST_SENT = 1_500_000
UNREAD = "The framework did not come through whole. Nothing was stored. Choose the file again."


class PlaceFilter(forms.Form):
    """Where a framework is opened, and what it is compared with."""

    subject = forms.CharField(required=False, max_length=60)
    band = forms.CharField(required=False, max_length=10)
    other = forms.IntegerField(required=False, min_value=1, max_value=2**62)
    done = forms.IntegerField(required=False, min_value=1, max_value=2**62)
    back = forms.IntegerField(required=False, min_value=1, max_value=2**62)


class FileForm(forms.Form):
    """A framework's file, CSV or JSON, told apart by what it begins with."""

    file = forms.FileField(
        label="The file, CSV or JSON",
        error_messages={
            "required": "Choose a file first.",
            "empty": "The file is empty. Nothing was stored.",
            "missing": "Choose a file first.",
        },
    )

    read: ReadFramework

    def clean_file(self) -> Any:
        sent = self.cleaned_data["file"]
        if (sent.size or 0) > LARGEST_FILE:
            raise forms.ValidationError(f"The file is larger than {LARGEST_FILE // 1_000_000} MB. Nothing was stored.")
        held = sent.read()
        try:
            self.read = read_framework(held)
        except UnreadableFileError as no:
            raise forms.ValidationError(str(no)) from no
        return sent


class BringForm(forms.Form):
    """A framework that was looked at, sent back to be stored under a name and a version."""

    name = forms.CharField(max_length=LONGEST_TITLE, error_messages={"required": "A framework needs a name."})
    version = forms.CharField(
        required=False,
        max_length=LONGEST_VERSION,
        help_text="What tells it from one of the same name, such as 2028.",
    )
    content = forms.CharField(widget=forms.HiddenInput, max_length=LONGEST_SENT, error_messages={"required": UNREAD})

    def clean_content(self) -> Content:
        try:
            read = read_json(self.cleaned_data["content"].encode())
        except UnreadableFileError as no:
            raise forms.ValidationError(UNREAD) from no
        if read.refused:
            raise forms.ValidationError(UNREAD)
        return read.content

    def whole(self) -> Content:
        """The framework under the name and version that were typed."""
        told: dict[str, Any] = self.cleaned_data
        content: Content = told["content"]
        return replace(
            content, about=replace(content.about, name=told["name"].strip(), version=told["version"].strip())
        )


class StatementForm(forms.Form):
    """The words of a statement, and what they were when the page was made."""

    text = forms.CharField(
        label="What a child can do",
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "A statement needs words."},
    )
    pointer = forms.CharField(
        label="Which part of the programme of study it serves", required=False, max_length=LONGEST_POINTER
    )
    seen = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)

    def clean_text(self) -> str:
        return tidied(" ".join(self.cleaned_data["text"].splitlines()))

    def clean_pointer(self) -> str:
        return tidied(self.cleaned_data["pointer"])


class AddForm(StatementForm):
    """A new statement: in one of the strands that the page shows, or in a new one beside them."""

    new_strand = forms.CharField(label="Or a new strand", required=False, max_length=LONGEST_STRAND)

    def __init__(self, *args: Any, strands: list[tuple[int, str]], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["strand"] = forms.ChoiceField(label="Strand", required=False, choices=strands)

    def clean_new_strand(self) -> str:
        return tidied(self.cleaned_data["new_strand"])

    def clean(self) -> dict[str, Any]:
        told: dict[str, Any] = self.cleaned_data
        if not told.get("strand") and not told.get("new_strand") and not self.errors:
            self.add_error("strand", "Choose a strand, or name a new one.")
        return told


class SeenForm(forms.Form):
    """What a list showed when somebody pressed a button in it."""

    seen = forms.CharField(required=False, max_length=40)
