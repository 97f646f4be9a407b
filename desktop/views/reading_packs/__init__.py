"""閲覧パック: reading one where there is no database."""
