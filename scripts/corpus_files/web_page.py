"""A draft as a web page."""

import html
from collections.abc import Iterator

from drafting import Draft

NAVIGATION = {
    "parks": ("园区", "Parks"),
    "incentives": ("招商政策", "Incentives"),
    "talent": ("人才", "Talent"),
    "industry": ("产业", "Industry"),
    "business-environment": ("营商环境", "Business environment"),
    "statistics": ("统计", "Statistics"),
    "news": ("新闻", "News"),
}

PAGE = """<!DOCTYPE html>
<html lang="{lang}">
<head>
<meta charset="utf-8">
<title>{title} - {home}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="author" content="{publisher}">
<meta name="description" content="{title}">
<meta name="ContentSource" content="{publisher}">
{date}<link rel="canonical" href="{url}">
<style>
body {{ margin: 0; font-family: "Noto Sans CJK SC", sans-serif; line-height: 1.8; }}
header, footer {{ background: #14386b; color: #fff; padding: 1em 2em; }}
nav ul {{ display: flex; gap: 1.5em; list-style: none; margin: 0; padding: .6em 2em; }}
article {{ max-width: 48em; margin: 2em auto; padding: 0 1em; }}
.issue {{ color: #666; font-size: .9em; border-bottom: 1px solid #ccc; }}
</style>
</head>
<body>
<header><p><a href="../">{home}</a></p></header>
<nav>
<ul>
{navigation}
</ul>
</nav>
<main>
<article>
<h1>{title}</h1>
<p class="issue">{issue}</p>
{text}
</article>
</main>
<footer><p>{footer}</p></footer>
</body>
</html>
"""


def make_html(draft: Draft) -> bytes:
    """Make a web page, with the navigation, header and footer that such pages have."""
    issued = html.escape(str(draft.fields.get("issued", "")))
    page = PAGE.format(
        lang="zh-CN" if draft.language == "zh" else "en",
        title=html.escape(draft.title),
        publisher=html.escape(str(draft.fields["publisher"])),
        url=html.escape(str(draft.fields["url"])),
        date=f'<meta name="PubDate" content="{issued}">\n' if issued else "",
        issue=html.escape(" | ".join(draft.issue_line())),
        home=draft.labels["home"],
        footer=draft.labels["footer"],
        navigation="\n".join(navigation(draft)),
        text="\n".join(elements(draft)),
    )
    return page.encode()


def navigation(draft: Draft) -> Iterator[str]:
    """Yield the items of a web page's menu."""
    for folder, names in NAVIGATION.items():
        name = names[0] if draft.language == "zh" else names[1]
        yield f'<li><a href="../{folder}/">{name}</a></li>'


def elements(draft: Draft) -> Iterator[str]:
    """Yield the headings and paragraphs of a web page's text."""
    for heading, paragraphs in draft.sections:
        yield f"<h2>{html.escape(heading, quote=False)}</h2>"
        for paragraph in paragraphs:
            yield f"<p>{html.escape(paragraph, quote=False)}</p>"
