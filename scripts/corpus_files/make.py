"""Make the PDF, Word and HTML documents of the corpus from Markdown drafts.

Each draft in ``drafts/`` is Markdown with YAML front matter: the fields described in
``docs_corpus/README.md`` and ``target``, the path of the file to make below ``docs_corpus``,
whose suffix (``.pdf``, ``.docx`` or ``.html``) chooses the format. The fields go into
``docs_corpus/sources.toml``; tables there that belong to no draft are kept as they are.

The script needs fpdf2, python-docx and PyYAML, and a TrueType font with Chinese glyphs
(Debian: fonts-wqy-zenhei). Run it from anywhere::

    pip install fpdf2 python-docx pyyaml
    python scripts/corpus_files/make.py --font /usr/share/fonts/truetype/wqy/wqy-zenhei.ttc

Every date inside the files is fixed, so the same drafts, font and library versions give
the same bytes.
"""

import argparse
import logging
import sys
from pathlib import Path

from drafting import Draft, read_draft, write_sources
from printing import make_pdf
from web_page import make_html
from writing import make_docx

HERE = Path(__file__).resolve().parent
CORPUS = HERE.parent.parent / "docs_corpus"
FONT = Path("/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc")


def make(draft: Draft, font: Path) -> bytes:
    """Make the file that a draft's target names."""
    match Path(draft.target).suffix:
        case ".pdf":
            return make_pdf(draft, font)
        case ".docx":
            return make_docx(draft)
        case ".html":
            return make_html(draft)
        case suffix:
            raise ValueError(f"{draft.target}: cannot make {suffix}")


def main(arguments: list[str] | None = None) -> int:
    """Make every document that has a draft."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--font", type=Path, default=FONT, help="TrueType font with Chinese glyphs")
    parser.add_argument("--corpus", type=Path, default=CORPUS, help="folder to write into")
    options = parser.parse_args(arguments)
    logging.getLogger("fontTools.subset").setLevel(logging.ERROR)
    drafts = [read_draft(path) for path in sorted((HERE / "drafts").glob("*.md"))]
    for draft in drafts:
        target = options.corpus / draft.target
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(make(draft, options.font))
        print(draft.target)
    write_sources(options.corpus / "sources.toml", drafts)
    return 0


if __name__ == "__main__":
    sys.exit(main())
