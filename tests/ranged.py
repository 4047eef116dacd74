"""A program with every kind of range, to test the table of ranges with."""

RANGED = """\
program: Ranged
start: 2027-01-04
data_date: 2027-02-01
elicited_as: p10-p90
projects:
  build:
    activities:
      own: {name: "=cmd()", duration: pert(15d 20d 40d), cost: {fixed: {plan: 10k, range: triangular(90% 100% 130%)}}}
      plan: {duration: {plan: 20d, range: triangular(80% 100% 150%)}, after: [own], elicited_as: min-max}
      slow: {duration: lognormal(p10=30d p90=65d), after: [own]}
      share: {duration: 17h, cost: 3333, wbs: CIV, after: [own]}
      deep: {duration: 7d, cost: 12345.67, wbs: CIV.1, after: [share]}
      same1: {duration: 13d, tags: same, after: [plan]}
      same2: {duration: 11d, cost: 1M, tags: same, after: [plan]}
      tied1: {duration: 9d, tags: tied, after: [slow]}
      tied2: {duration: 8d, tags: tied, after: [slow]}
      days: {duration: 20d, after: [deep]}
      begun: {duration: triangular(10d 20d 60d), progress: {started: 2027-01-18}, cost: uniform(1M 2M)}
      rest: {duration: 20d, progress: {started: 2027-01-18, remaining: pert(3d 5d 12d)}}
      ruled: {duration: 20d, cost: 5k, progress: {started: 2027-01-18, remaining: 12d}}
      elapsed: {duration: 10ed, after: [days]}
      bare: {duration: 5d, after: [days]}
      done: {duration: 20d, progress: {started: 2027-01-04, finished: 2027-01-20}}
      end: {milestone: true, after: [same1, same2, tied1, tied2, elapsed, bare, begun, rest, ruled]}
templates:
  civil: {duration: trigen(90% 100% 140%), cost: normal(100% 8%)}
ranges:
  - {on: all, cost: triangular(95% 100% 110%), sizes: own, except: [bare]}
  - {on: "wbs:CIV.*", use: civil, sizes: correlated 0.3}
  - {on: "tag:same", duration: uniform(90% 120%), cost: gamma(4 300), sizes: same}
  - {on: [ruled, "tag:tied"], duration: pert(90% 100% 130%), sizes: correlated 0.5, elicited_as: min-max}
  - {on: [days, elapsed], duration: discrete(90%:20% 100%:50% 130%:30%), sizes: own}
"""
