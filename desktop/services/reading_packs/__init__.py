"""Reading packs (閲覧パック): written in the office, opened anywhere without a database (`pack_file`, `opening`)."""
