"""What a program does that a static network cannot say, compiled to arrays that both discrete-event engines read."""
