"""What desks tell each other without content: that papers, plans of visits, to-dos or judgement on support are not what they were."""

from __future__ import annotations

#: Channels of the server, as `app.tell_papers` and the triggers of `65_news.sql` name them.
PAPERS, PLANS, TODOS = "banso_papers", "banso_plans", "banso_todos"
#: Assessments, conferences and decided groups.
GROUPS = "banso_groups"
#: All that a desk listens to.
EVERYTHING = (PAPERS, PLANS, TODOS, GROUPS)
