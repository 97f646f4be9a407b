"""The screens: Qt Widgets written in code. They read view models and ask for jobs, nothing else."""
