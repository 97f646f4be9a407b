"""The database floor: engine, unit of work, migrations, and the one door each for reading and for moving."""
