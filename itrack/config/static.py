"""Static files under names that tell their content, those that scripts import among them."""

from django.contrib.staticfiles.storage import ManifestStaticFilesStorage


class HashedFiles(ManifestStaticFilesStorage):
    """A browser keeps what it was given under a hashed name for ever, so a module must be imported by that name too:
    else a page of a new release runs with the modules of the old one."""

    support_js_module_import_aggregation = True
