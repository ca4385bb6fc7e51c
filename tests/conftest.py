"""For all tests: no example of hypothesis is timed, since a loaded machine is no fault of the code; and the packaged
demo, built once for those that only read it."""

from collections.abc import Iterator

import pytest
from hypothesis import settings

from onrecord import Archive, demo

settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")


@pytest.fixture(scope="session")
def demo_archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    """An archive of the demo that no test may write into."""
    with Archive.open(tmp_path_factory.mktemp("demo") / "demo.onrecord", create=True) as built:
        built.build([demo.files()], jobs=1)
        yield built
