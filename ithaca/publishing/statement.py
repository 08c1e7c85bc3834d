"""The confidentiality statement that we publish: no more and no less. Changing a word of it changes the promise."""

STATEMENT = (
    "Coordinators, funders, employers and anyone with a stolen database or backup cannot read what you write. "
    "Our server handles it in readable form while you use it; someone who takes over the running server could read "
    "what is open then and what you open afterwards. We can see that you met, and roughly when. Your partner can keep "
    "or disclose what you share. If you lose every key and your partner cannot restore it, it is gone."
)
