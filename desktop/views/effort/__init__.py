"""業務と成果: where the time goes, key figures, movement between groups, review of programmes, fairness."""
