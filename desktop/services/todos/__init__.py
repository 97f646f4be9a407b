"""To-dos (やること): derived from facts, or given to somebody."""

from desktop.services.todos.adding import add_todo
from desktop.services.todos.asking import supervisor_to_ask
from desktop.services.todos.information import owner_of
from desktop.services.todos.service import TodoService

__all__ = ["TodoService", "add_todo", "owner_of", "supervisor_to_ask"]
