"""The queue of next areas: which places compete, what each criterion says, what was decided.

current_queue(today) → Queue        with the weights that the office published
queue_of(rules, today) → Queue      with any others, to try them
replay(decision) → Replay           the same numbers again, from what is still held
"""
