"""What desks tell each other without content: that papers, plans of visits or to-dos are not what they were."""

from __future__ import annotations

#: Channels of the server, as `app.tell_papers` and the triggers of `65_news.sql` name them.
PAPERS, PLANS, TODOS = "banso_papers", "banso_plans", "banso_todos"
#: All that a desk listens to.
EVERYTHING = (PAPERS, PLANS, TODOS)
