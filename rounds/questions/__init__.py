"""Questions: residents ask, others support a question, officials answer or promise to."""
