"""The paper of transfers (移管): the letter to the other office."""
