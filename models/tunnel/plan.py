"""Writes plan.xer: the planner's schedule of the Hollin Ridge Tunnel, as Primavera P6 would export it.

    python models/tunnel/plan.py

The tunnel, its people and its prices are made up. The tables below are the planner's: an activity a line, with
duration in days of its calendar, crew, fixed cost in thousands and predecessors; drives and cross passages follow
from the rings and the ground. Dates, float and driving path are riskmc's own, of the plan as it stands; the tests
recompute them with a slow oracle of P6's rules.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from riskmc.io.xer import reader as xer
from riskmc.network.compiling import Settings, compile_network

HERE = Path(__file__).parent
DATA_DATE = datetime(2027, 3, 1)
FIRST_DAY = datetime(2026, 1, 7, 8)
HORIZON = range(2026, 2042)  # years whose holidays and closures the calendars hold

PROJECTS = {"O": ("OWN", "Owner and existing line"), "C": ("CIV", "Civil works"), "S": ("SYS", "Railway systems")}

# Calendars: name, hours of a day, worked days (1 is Sunday), shifts.
CALENDARS = {
    "O": ("Office", 8, "23456", ("08:00-12:00", "13:00-17:00")),
    "S": ("Surface works", 10, "234567", ("07:00-12:00", "13:00-18:00")),
    "W": ("Earthworks season", 10, "234567", ("07:00-12:00", "13:00-18:00")),
    "U": ("Underground two shifts", 16, "234567", ("06:00-22:00",)),
    "B": ("Boring", 24, "234567", ("00:00-24:00",)),
    "E": ("Every hour", 24, "1234567", ("00:00-24:00",)),
    "P": ("Closures", 24, "", ("00:00-24:00",)),
}
EASTER = {
    2026: "04-05", 2027: "03-28", 2028: "04-16", 2029: "04-01", 2030: "04-21", 2031: "04-13", 2032: "03-28",
    2033: "04-17", 2034: "04-09", 2035: "03-25", 2036: "04-13", 2037: "04-05", 2038: "04-25", 2039: "04-10",
    2040: "04-01", 2041: "04-21",
}  # fmt: skip

CURRENCY = {
    "curr_id": 1, "decimal_digit_cnt": 2, "curr_symbol": "EUR", "decimal_symbol": ".", "digit_group_symbol": ",",
    "pos_curr_fmt_type": "#1.1", "neg_curr_fmt_type": "(#1.1)", "curr_type": "Euro", "curr_short_name": "EUR",
    "group_digit_cnt": 3, "base_exch_rate": 1,
}  # fmt: skip

# Crews: name, people or machine, euros an hour, how many there are.
CREWS = {
    "design": ("Designers, team of eight", "RT_Labor", 850, 4),
    "civil": ("Surface civil crew with plant", "RT_Labor", 1150, 6),
    "shaft": ("Shaft and diaphragm wall crew", "RT_Labor", 1900, 1),
    "tbm": ("Boring machine crew, power and spares", "RT_Equip", 2300, 2),
    "mine": ("Cross passage miners", "RT_Labor", 850, 3),
    "conc": ("Concrete train", "RT_Labor", 1050, 2),
    "track": ("Slab track train", "RT_Labor", 1300, 1),
    "elec": ("Electrical crew", "RT_Labor", 480, 6),
    "test": ("Test engineers and trains", "RT_Labor", 900, 2),
    "owner": ("Owner's team", "RT_Labor", 1600, 1),
    "site": ("Site management and camp", "RT_Labor", 3900, 1),
    "serve": ("Ventilation, water, locomotives", "RT_Equip", 620, 2),
    "mat": ("Materials and subcontracts", "RT_Mat", 1, None),
}

# Activities: code | name | days, or start, mile, loe | calendar | trade | crew | fixed, thousands | predecessors
PLAN = """
# O.APP Approvals, land and contracts
O1000 | Decision to build | start | O | Consent | | |
O1010 | Ground investigation, 26 boreholes | 95 | O | Design | design | 2600 | O1000
O1020 | Reference design | 140 | O | Design | design*2 | 400 | O1000 FS+20
O1030 | Environmental impact statement | 110 | O | Consent | | 900 | O1000 FS+30
O1040 | Planning approval | 115 | O | Consent | | 350 | O1020, O1030
O1050 | Land at the south portal | 150 | O | Consent | | 9200 | O1000 FS+40
O1060 | Land at the north portal | 160 | O | Consent | | 6100 | O1030 FS+10
O1070 | Water permit, lowering of groundwater at the shaft | 75 | O | Consent | | 120 | O1040 FS-40
O1080 | Water permit, drives under the springs | 230 | O | Consent | | 260 | O1040 FS-40
O1090 | Tender of the civil works | 120 | O | Procurement | | 450 | O1010 FS-10
O1100 | Civil contract awarded | mile | O | Procurement | | | O1090, O1050
O1110 | Tender of the railway systems | 190 | O | Procurement | | 380 | O1100 FS+20
O1120 | Systems contract awarded | mile | O | Procurement | | | O1110
O1130 | Safety concept agreed with the fire services | 120 | O | Consent | | 180 | O1020 FS+60
O1140 | Safety concept approved by the authority | 90 | O | Consent | | 60 | O1130
O1150 | Construction insurance | 40 | O | Procurement | | 5200 | O1090 FS-20
# O.POW Power
O1200 | Grid connection agreement | 130 | O | Consent | | 350 | O1040 FS-60
O1210 | 110 kV bay and cable, built by the grid company | 220 | O | Procurement | | 6800 | O1200
O1220 | Transformers for the machines, order to delivery | 230 | O | Procurement | | 2400 | O1200
O1230 | Construction substation | 70 | S | Electrical | civil | 900 | O1220 SS+190, C1100
O1240 | Power for boring | mile | O | Electrical | | | O1210, O1230
# O.LINE Existing line
O1300 | Approach tracks and junctions designed | 150 | O | Design | design | 300 | O1040
O1310 | Closures agreed with the infrastructure manager | 180 | O | Consent | | 150 | O1300
O1320 | Switches and interlocking, order to delivery | 320 | O | Procurement | | 8600 | O1310 FS-40
O1330 | South approach, earthworks and walls | 130 | W | Portals | civil*2 | 4200 | O1300, C1900 SS
O1340 | North approach, earthworks and walls | 150 | W | Portals | civil*2 | 3800 | O1330 SS+60, C2080
O1350 | South junction, switches installed in a closure | 5 | P | Track | track | 1400 | O1320, O1330
O1360 | North junction, switches installed in a closure | 5 | P | Track | track | 1400 | O1340, O1350
O1370 | Interlocking cut over in a closure | 4 | P | Systems | test | 900 | S1570, O1360, S1120
O1380 | New interlocking in service | mile | E | Systems | | | O1370
# O.OPS Into operation
O1400 | Integrated tests with trains | 45 | O | Test | test*2 | 700 | O1380, S1540, S1560, S1580
O1410 | Rescue exercise | 3 | O | Test | test | 350 | O1400 SS+30, O1140
O1420 | Assessor's report | 50 | O | Consent | | 420 | O1400 FS-15, O1410
O1430 | Authorisation by the railway authority | 50 | O | Consent | | 120 | O1420
O1440 | Operator's staff trained | 80 | O | Test | | 900 | O1400 SS+20
O1450 | Trial operation | 35 | E | Test | test | 800 | O1430, O1440
O1460 | Schedule margin | 80 | E | Margin | | | O1450
O1470 | Open to traffic | mile | E | Test | | | O1460
O1900 | Owner's team | loe | O | Staff | owner | | O1000 SS, O1450 FF
# C.DES Detailed design
C1000 | Shaft and site designed | 75 | O | Design | design | 250 | O1100
C1010 | Segments and tunnel lining designed | 110 | O | Design | design | 200 | O1100
C1020 | Cross passages designed | 120 | O | Design | design | 150 | C1010 FS-30
C1030 | Portals designed | 130 | O | Design | design | 150 | C1000 FS-20
C1040 | Invert, walkways and drainage designed | 120 | O | Design | design | 120 | C1010
C1050 | Independent check | 45 | O | Design | design | 80 | C1010
# C.SITE Site set-up
C1100 | South site, roads and yards | 80 | S | Civil | civil*2 | 2600 | O1100
C1110 | Camp, offices and workshops | 90 | S | Civil | civil | 2900 | C1100 SS+30
C1120 | Water treatment | 75 | S | Civil | civil | 1900 | C1100, O1070
C1130 | Conveyor and spoil yard | 120 | S | Civil | civil | 4800 | C1100, C1110
C1140 | Segment plant built | 150 | S | Civil | civil*2 | 6200 | C1100
C1150 | Moulds, order to delivery | 190 | O | Procurement | | 2700 | C1050
C1160 | Segment plant starts up | 45 | S | Concrete | civil | 400 | C1140, C1150
C1170 | First 400 rings in stock | 75 | S | Concrete | civil | 1800 | C1160
C1180 | Rings 401 to 7000 cast | 420 | S | Concrete | civil | 0 | C1170, C3101 SS
# C.SHAFT Launch shaft
C1200 | Pipes and cables moved | 60 | S | Shaft | civil | 1100 | O1100 FS+55
C1210 | Guide walls | 25 | S | Shaft | civil | 300 | C1200, C1000
C1220 | Diaphragm wall, panels 1 to 16 | 42 | S | Shaft | shaft | 2900 | C1210
C1230 | Diaphragm wall, panels 17 to 32 | 40 | S | Shaft | shaft | 2900 | C1220
C1240 | Jet grout block at the tunnel eyes | 35 | S | Shaft | shaft | 1500 | C1230
C1250 | Capping beam | 24 | S | Shaft | civil | 450 | C1230
C1260 | Wells and lowering of groundwater | 30 | S | Shaft | civil | 500 | C1230, O1070, C1120
C1270 | Excavation to strut level 1 | 22 | S | Shaft | shaft | 500 | C1250, C1260, C1240
C1280 | Excavation to strut level 2 | 24 | S | Shaft | shaft | 600 | C1270
C1290 | Excavation to strut level 3 | 26 | S | Shaft | shaft | 600 | C1280
C1300 | Excavation to the bottom | 28 | S | Shaft | shaft | 600 | C1290
C1310 | Base slab | 32 | S | Shaft | civil*2 | 1700 | C1300
C1320 | Launch frames, cradles and crane | 45 | S | Shaft | civil | 2100 | C1310 FS-5
C1330 | Tunnel eyes broken out | 18 | S | Shaft | shaft | 250 | C1320
# C.TBM Boring machines
C1500 | Machine 1, designed | 75 | O | Machine | | 2400 | O1100 FS+15
C1510 | Machine 1, made and assembled at the factory | 225 | O | Machine | | 15500 | C1500
C1520 | Machine 1, factory acceptance | 20 | O | Machine | | 300 | C1510
C1530 | Machine 1, shipped to the site | 62 | E | Machine | | 1300 | C1520
C1540 | Machine 1, shield assembled in the shaft | 36 | B | Machine | mine | 500 | C1530, C1320
C1550 | Machine 1, back-up and commissioning | 26 | B | Machine | mine | 400 | C1540, O1240
C1600 | Machine 2, made and assembled at the factory | 235 | O | Machine | | 15500 | C1500 FS+45
C1610 | Machine 2, factory acceptance | 20 | O | Machine | | 300 | C1600, C1520
C1620 | Machine 2, shipped to the site | 62 | E | Machine | | 1300 | C1610
C1630 | Machine 2, shield assembled in the shaft | 36 | B | Machine | mine | 500 | C1620, C1540
C1640 | Machine 2, back-up and commissioning | 26 | B | Machine | mine | 400 | C1630, C1550
C1700 | Machine 1 dismantled in the north | 48 | U | Machine | mine | 900 | C3190
C1710 | Machine 2 dismantled in the north | 48 | U | Machine | mine | 900 | C3290, C1700 SS+20
# C.NORTH North portal
C2000 | Trees felled | 18 | S | Portals | civil | 150 | O1060, O1040
C2010 | Access road | 70 | W | Portals | civil | 1600 | C2000, C1030
C2020 | Slope anchored, upper half | 55 | W | Portals | civil | 2300 | C2010
C2030 | Slope anchored, lower half | 60 | W | Portals | civil | 2500 | C2020
C2040 | Portal cut excavated | 75 | W | Portals | civil*2 | 2200 | C2030 SS+30, C2020
C2050 | Portal wall | 60 | S | Portals | civil | 1900 | C2040
C2060 | Reception cradles | 30 | S | Portals | civil | 700 | C2050
C2070 | North portal ready for the machines | mile | S | Portals | | | C2060
C2080 | North cut-and-cover tunnel | 120 | S | Portals | civil*2 | 6400 | C1710, C1700
C2090 | North portal building | 110 | S | Portals | civil | 3900 | C2080
C2100 | Backfill and landscape, north | 70 | W | Portals | civil | 1100 | C2080
# C.SOUTH South portal
C2200 | Launch shaft turned into the south portal | 110 | S | Portals | civil*2 | 4700 | C2510
C2210 | South portal building | 120 | S | Portals | civil | 4100 | C2200 SS+50
C2220 | Backfill and landscape, south | 80 | W | Portals | civil | 1300 | C2210
@drives
@passages
# C.LIN Invert and finishing
C2500 | Tube 1, rails, pipes and conveyor taken out | 34 | U | Concrete | mine | 500 | C1700
C2510 | Tube 2, rails, pipes and conveyor taken out | 34 | U | Concrete | mine | 500 | C1710, C2500
C2520 | Tube 1, invert and drainage, north third | 38 | U | Concrete | conc | 2300 | C2500, C4133, C1040
C2530 | Tube 1, invert and drainage, middle third | 38 | U | Concrete | conc | 2300 | C2520, C4093
C2540 | Tube 1, invert and drainage, south third | 38 | U | Concrete | conc | 2300 | C2530, C4043
C2550 | Tube 2, invert and drainage, north third | 38 | U | Concrete | conc | 2300 | C2510, C2540, C4133
C2560 | Tube 2, invert and drainage, middle third | 38 | U | Concrete | conc | 2300 | C2550
C2570 | Tube 2, invert and drainage, south third | 38 | U | Concrete | conc | 2300 | C2560
C2580 | Tube 1, walkways and cable ducts | 85 | U | Concrete | conc | 4300 | C2520, C2540 FF+30
C2590 | Tube 2, walkways and cable ducts | 85 | U | Concrete | conc | 4300 | C2580, C2550, C2570 FF+30
C2600 | Tube 1, joints sealed and surveyed | 24 | U | Concrete | mine | 300 | C2580
C2610 | Tube 2, joints sealed and surveyed | 24 | U | Concrete | mine | 300 | C2590
C2620 | Tube 1 handed to railway systems | mile | U | Concrete | | | C2600
C2630 | Tube 2 handed to railway systems | mile | U | Concrete | | | C2610
C2640 | Civil works taken over | mile | U | Concrete | | | C2630, C2100, C2220, C2090, C2210
# C.RUN Running the site
C1900 | Site management and camp | loe | S | Staff | site | | C1100 SS, C2630 FF
C1910 | Tunnel services | loe | B | Staff | serve | | C3101 SS, C2610 FF
C1920 | Monitoring of slopes and springs | loe | O | Staff | design*0.3 | | C1220 SS, C2080 FF
# S.DES Design and orders
S1000 | Railway systems designed | 170 | O | Design | design*2 | 500 | O1120, O1140 FF
S1010 | Rails, sleepers and slab moulds, order to delivery | 210 | O | Procurement | | 7900 | S1000
S1020 | Overhead conductor rail, order to delivery | 230 | O | Procurement | | 6200 | S1000
S1030 | Transformers and switchgear, order to delivery | 290 | O | Procurement | | 9100 | S1000
S1040 | Jet fans, order to delivery | 240 | O | Procurement | | 4300 | S1000
S1050 | Cross passage doors, order to delivery | 220 | O | Procurement | | 3600 | S1000, C1020
S1060 | Radio and telecom, order to delivery | 200 | O | Procurement | | 4100 | S1000
S1070 | Train control equipment, order to delivery | 260 | O | Procurement | | 6900 | S1000
S1080 | Fire main and pumps, order to delivery | 160 | O | Procurement | | 2800 | S1000
S1100 | Train control software | 330 | O | Systems | design | 2600 | S1000
S1110 | Tunnel control software | 280 | O | Systems | design | 2100 | S1000 FS+60
S1120 | Train control, tests in the laboratory | 80 | O | Systems | test*0.5 | 600 | S1100, S1070
# S.TRACK Track and overhead line
S1200 | Tube 1, slab track | 78 | U | Track | track | 5600 | C2620, S1010
S1210 | Tube 2, slab track | 78 | U | Track | track | 5600 | S1200, C2630
S1220 | Approach tracks, south | 45 | S | Track | track | 2100 | O1350, S1210 FF+20, C2200
S1230 | Approach tracks, north | 50 | S | Track | track | 2300 | O1360, S1220, C2080
S1240 | Tube 1, overhead conductor rail | 58 | U | Electrical | elec*2 | 1400 | S1200, S1020
S1250 | Tube 2, overhead conductor rail | 58 | U | Electrical | elec*2 | 1400 | S1240, S1210
S1260 | Overhead line on the approaches | 40 | S | Electrical | elec*2 | 1100 | S1230 FS-15, S1250
# S.FIT Tunnel fit-out
S1300 | South substation fitted out | 95 | O | Electrical | elec | 900 | C2210, S1030
S1310 | North substation fitted out | 95 | O | Electrical | elec | 900 | C2090, S1030, S1300 SS+30
S1320 | Tube 1, cables | 62 | U | Electrical | elec*2 | 3900 | S1200 SS+40
S1330 | Tube 2, cables | 62 | U | Electrical | elec*2 | 3900 | S1320, S1210 SS+40
S1340 | Tube 1, lighting, handrail and signs | 55 | U | Electrical | elec | 1700 | S1320 SS+30
S1350 | Tube 2, lighting, handrail and signs | 55 | U | Electrical | elec | 1700 | S1330 SS+30, S1340
S1360 | Fire main, tube 1 | 48 | U | Electrical | elec | 1200 | S1200, S1080
S1370 | Fire main, tube 2 | 48 | U | Electrical | elec | 1200 | S1210, S1360
S1380 | Cross passages 1 to 7, doors and panels | 75 | U | Electrical | elec*2 | 1500 | S1320, S1050
S1390 | Cross passages 8 to 13, doors and panels | 66 | U | Electrical | elec*2 | 1300 | S1380, S1330 SS+40
S1400 | Fan buildings, south and north | 90 | S | Electrical | elec | 2200 | C2090 SS+60, C2210 SS+60, S1040
S1410 | Jet fans hung | 40 | U | Electrical | elec | 500 | S1040, S1250
S1420 | Radio and telecom, tube 1 | 58 | U | Systems | elec | 900 | S1320, S1060
S1430 | Radio and telecom, tube 2 | 58 | U | Systems | elec | 900 | S1330, S1420
S1440 | Train control, trackside equipment | 75 | U | Systems | elec*2 | 1300 | S1210, S1230, S1070
# S.TEST Tests of each system
S1500 | Power tested and switched on | 35 | O | Test | test | 400 | S1300, S1310, S1260, S1320, S1330
S1510 | Radio and telecom tested | 40 | O | Test | test*0.5 | 200 | S1430, S1500
S1520 | Fire main and pumps tested | 20 | O | Test | test*0.3 | 80 | S1370, S1500
S1530 | Fans tested, hot smoke test | 30 | O | Test | test*0.5 | 350 | S1400, S1410, S1500, S1390
S1540 | Tunnel control tested with all systems | 60 | O | Test | test | 500 | S1110, S1510, S1520, S1530
S1550 | Train control tested on site, without trains | 45 | O | Test | test | 400 | S1440, S1510 SS+15, S1120
S1560 | Lighting, doors and panels tested | 25 | O | Test | test*0.3 | 90 | S1350, S1390, S1500
S1570 | Interlocking ready for cut-over | mile | O | Test | | | S1550
S1580 | Gauge run and overhead line under load | 12 | O | Test | test | 250 | S1500, S1240
"""

# Rings, 1.8 m each, of both tubes: last ring, ground, metres a day of boring, and days to overhaul the head after it.
SECTIONS = [
    (130, "Till", 5.0, 0), (420, "Marl", 14.0, 0), (700, "Marl", 14.5, 6), (1000, "Sandstone", 15.0, 0),
    (1300, "Sandstone", 15.0, 0), (1600, "Limestone", 13.0, 0), (1900, "Limestone", 13.0, 8), (2020, "Fault", 5.0, 0),
    (2360, "Gneiss", 11.0, 0), (2700, "Gneiss", 11.0, 8), (3020, "Sandstone", 14.0, 0), (3350, "Sandstone", 14.0, 0),
    (3500, "Till", 6.0, 0),
]  # fmt: skip
RING = 1.8
RING_PRICE = 7.4  # thousand: segments, grout, cutters and removal of the spoil
PASSAGES = range(1, 14)
RINGS_BETWEEN_PASSAGES = 250

# Progress at the data date: actual start; actual finish or days left.
STATUS = {
    "O1000": ("2026-01-07 08:00", "2026-01-07 08:00"), "O1010": ("2026-01-07 08:00", "2026-05-20 17:00"),
    "O1020": ("2026-02-02 08:00", "2026-08-19 17:00"), "O1030": ("2026-02-16 08:00", "2026-07-28 17:00"),
    "O1040": ("2026-08-20 08:00", "2027-02-05 17:00"), "O1050": ("2026-03-02 08:00", "2026-10-09 17:00"),
    "O1060": ("2026-08-17 08:00", 48), "O1070": ("2026-12-14 08:00", 34), "O1080": ("2026-12-14 08:00", 196),
    "O1090": ("2026-05-11 08:00", "2026-10-30 17:00"), "O1100": ("2026-11-02 08:00", "2026-11-02 08:00"),
    "O1110": ("2026-11-30 08:00", 142), "O1130": ("2026-11-16 08:00", 70),
    "O1150": ("2026-10-05 08:00", "2026-11-27 17:00"), "O1200": ("2026-11-23 08:00", 72),
    "O1300": ("2027-02-08 08:00", 136), "O1900": ("2026-01-07 08:00", 0),
    "C1000": ("2026-11-03 08:00", 9), "C1010": ("2026-11-09 08:00", 45), "C1100": ("2027-01-11 07:00", 44),
    "C1200": ("2027-02-01 07:00", 38), "C1500": ("2026-11-23 08:00", 16), "C1900": ("2027-01-11 07:00", 0),
}  # fmt: skip
SPENT = {"O1010": 1.06, "O1020": 1.11, "O1050": 1.04, "O1040": 1.25}  # actual over planned cost, where it differs

# Constraints: P6's word for it, and the date.
CONSTRAINTS = {
    "C2000": ("CS_MSOA", "2027-10-01 08:00"),  # trees are felled outside the nesting season
    "C2070": ("CS_MEOB", "2030-03-30 18:00"),  # promised to the boring contractor
    "O1410": ("CS_MSOA", "2033-04-04 08:00"),  # the fire services' calendar
    "S1050": ("CS_ALAP", ""),  # doors are not to lie about
    "C2620": ("CS_MEOB", "2031-07-31 22:00"),  # contract date for access
}

GROUND = {  # of a cross passage: days to treat the ground, and days to excavate
    "Till": (22, 32), "Marl": (12, 26), "Sandstone": (10, 24), "Limestone": (12, 24), "Gneiss": (8, 30),
    "Fault": (30, 45),
}  # fmt: skip
LINKS = {"FS": "PR_FS", "SS": "PR_SS", "FF": "PR_FF", "SF": "PR_SF"}
KINDS = {"start": "TT_Mile", "mile": "TT_FinMile", "loe": "TT_LOE"}
CODE_TYPES = ("Trade", "Ground", "Tube")
EXPENSES = {"Consent", "Design", "Procurement", "Machine"}  # trades whose fixed cost is no material


@dataclass
class Activity:
    """A line of the plan; ``after`` holds (code, link type, lag in days), ``crew`` a key of CREWS and how many."""

    code: str
    name: str
    kind: str
    days: int
    calendar: str
    crew: tuple[str, float] | None
    fixed: float
    after: list[tuple[str, str, int]]
    wbs: str
    codes: dict[str, str]

    @property
    def hours(self) -> int:
        return self.days * CALENDARS[self.calendar][1]


@dataclass
class Schedule:
    """What scheduling found for one activity; hours are of its own calendar."""

    early: tuple[datetime, datetime]
    late: tuple[datetime, datetime]
    total_float: float
    hours: float
    driving: bool


def activities() -> list[Activity]:
    """Return the plan's activities in the order of the tables."""
    lines = [line for text in PLAN.strip().splitlines() for line in expanded(text)]
    found, wbs = [], ""
    for line in lines:
        if line.startswith("# "):
            wbs = line[2:].split()[0]
        else:
            found.append(activity(line, wbs))
    return found


def expanded(line: str) -> Iterable[str]:
    """Return the lines that a line of the table stands for."""
    return {"@drives": drives, "@passages": passages}.get(line, lambda: [line])()


def drives() -> Iterator[str]:
    """Yield both drives, section by section; the second machine waits until the first is through the fault."""
    for tube in (1, 2):
        yield f"# C.TUBE{tube} Drive of tube {tube}"
        ready = "C1550, C1170, C1330" if tube == 1 else "C1640, C3101 FS+18"
        first = 1
        for number, (last, ground, pace, overhaul) in enumerate(SECTIONS, 1):
            code = f"C3{tube}{number:02d}"
            ready += {(2, 8): ", C3108 FS+10", (1, 13): ", C2070", (2, 13): ", C1180"}.get((tube, number), "")
            rings = last - first + 1
            days = round(rings * RING / pace)
            yield (
                f"{code} | Tube {tube}, rings {first} to {last}, {ground.lower()} | {days} | B | Boring "
                f"| tbm | {rings * RING_PRICE:.0f} | {ready} | Ground={ground} Tube={tube}"
            )
            ready, first = code, last + 1
            if overhaul:
                name = f"Tube {tube}, cutting head overhauled after ring {last}"
                yield f"{code}H | {name} | {overhaul} | B | Overhaul | tbm | 350 | {code} | Tube={tube}"
                ready = f"{code}H"
        yield f"C3{tube}90 | Tube {tube}, breakthrough | mile | B | Boring | | | {ready} | Tube={tube}"


def passages() -> Iterator[str]:
    """Yield the cross passages: one crew that treats ground, two that dig, one that lines, from south to north."""
    yield "# C.XP Cross passages"
    for number in PASSAGES:
        ring = number * RINGS_BETWEEN_PASSAGES
        ground = next(ground for last, ground, *_ in SECTIONS if ring <= last)
        passed = next(number for number, (last, *_) in enumerate(SECTIONS, 1) if ring + 100 <= last)
        treat, dig = GROUND[ground]
        code, before = f"C4{number:02d}", f"C4{number - 1:02d}"
        name, codes = f"Cross passage {number}", f"Ground={ground}"
        treated = f"C32{passed:02d}" + (f", {before}1" if number > 1 else "")
        dug = f"{code}1" + (f", C4{number - 2:02d}2" if number > 2 else "")
        lined = f"{code}2" + (f", {before}3" if number > 1 else "")
        yield f"{code}1 | {name}, ground treated | {treat} | U | Mining | mine | {treat * 12} | {treated} | {codes}"
        yield f"{code}2 | {name}, excavated | {dig} | U | Mining | mine | {dig * 9} | {dug} | {codes}"
        yield f"{code}3 | {name}, sealed and lined | 20 | U | Mining | mine | 290 | {lined} | {codes}"


def activity(line: str, wbs: str) -> Activity:
    """Return the activity of a line of the table."""
    code, name, days, calendar, trade, crew, fixed, after, *more = (cell.strip() for cell in line.split("|"))
    codes = dict(pair.split("=") for pair in more[0].split()) if more else {}
    who, _, many = crew.partition("*")
    return Activity(
        code, name, KINDS.get(days, "TT_Task"), int(days) if days.isdecimal() else 0, calendar,
        (who, float(many or 1)) if who else None, float(fixed or 0) * 1000,
        [link(word) for word in after.split(",") if word.strip()], wbs, {"Trade": trade, **codes},
    )  # fmt: skip


def link(text: str) -> tuple[str, str, int]:
    """Return (code, type, lag in days) of ``C1000``, ``C1000 SS`` or ``C1000 FS-20``."""
    code, _, rest = text.strip().partition(" ")
    return code, rest[:2] or "FS", int(rest[2:] or 0)


def closures(calendar: str, year: int) -> Iterator[tuple[date, bool]]:
    """Yield the exceptions of a calendar in a year: (day, whether it is worked)."""
    easter = date.fromisoformat(f"{year}-{EASTER[year]}")
    if calendar == "P":  # the line is closed six days at Easter, 16 in summer, 9 in autumn
        summer, autumn = saturday(date(year, 7, 25)), saturday(date(year, 10, 22))
        for first, days in ((easter - timedelta(3), 6), (summer, 16), (autumn, 9)):
            yield from ((first + timedelta(day), True) for day in range(days))
    elif calendar != "E":
        away = {easter + timedelta(day) for day in (-2, 1, 39, 50)}
        away |= {date(year, 1, day) for day in range(1, 7)} | {date(year, 12, day) for day in range(24, 32)}
        away |= {date(year, 5, 1), date(year, 8, 15), date(year, 11, 1)}
        if calendar == "W":  # frost and mud
            away |= {date(year, 1, 1) + timedelta(day) for day in range(59)}
            away |= {date(year, 12, day) for day in range(15, 24)}
        yield from ((day, False) for day in sorted(away) if day.isoweekday() < 7)


def saturday(day: date) -> date:
    """Return the first Saturday from a day on."""
    return day + timedelta((5 - day.weekday()) % 7)


def calendar_data(calendar: str) -> str:
    """Return a calendar in P6's nested notation: seven weekdays, then exceptions by spreadsheet day."""
    _, _, worked, shifts = CALENDARS[calendar]
    hours = "".join(f"(0||{n}(s|{shift[:5]}|f|{shift[6:].replace('24', '00')})())" for n, shift in enumerate(shifts))
    week = "".join(f"(0||{day}()({hours if str(day) in worked else ''}))" for day in range(1, 8))
    days = [found for year in HORIZON for found in closures(calendar, year)]
    serials = [((day - date(1899, 12, 30)).days, hours if on else "") for day, on in days]
    exceptions = "".join(f"(0||{n}(d|{serial})({text}))" for n, (serial, text) in enumerate(serials))
    return f"(0||CalendarData()((0||DaysOfWeek()({week}))(0||VIEW(ShowTotal|N)())(0||Exceptions()({exceptions}))))"


def file_text(plan: list[Activity], found: dict[str, Schedule]) -> str:
    """Return the text of the XER file; without dates where nothing is ``found`` yet."""
    parts = ["ERMHDR\t22.12\t2027-03-01\tProject\tplanner\tPlanner\tdbxDatabaseNoName\tProject Management\tEUR"]
    for name, rows in tables(plan, found):
        parts += [f"%T\t{name}", "\t".join(["%F", *rows[0]])]
        parts += ["\t".join(["%R", *(str(value) for value in row.values())]) for row in rows]
    return "\n".join([*parts, "%E", ""])


def tables(plan: list[Activity], found: dict[str, Schedule]) -> Iterator[tuple[str, list[dict[str, object]]]]:
    """Yield (name, rows) of every table of the file."""
    task, calendar = {a.code: 5001 + n for n, a in enumerate(plan)}, {key: 11 + n for n, key in enumerate(CALENDARS)}
    project = {key: 101 + n for n, key in enumerate(PROJECTS)}
    crew = {key: 301 + n for n, key in enumerate(CREWS)}
    nodes = wbs_nodes(project)
    names = {kind: sorted({a.codes[kind] for a in plan if kind in a.codes}) for kind in CODE_TYPES}
    codes = {pair: 701 + n for n, pair in enumerate((kind, name) for kind in CODE_TYPES for name in names[kind])}
    yield "CURRTYPE", [CURRENCY]
    yield "PROJECT", [project_row(key, number, calendar["O"]) for key, number in project.items()]
    yield "CALENDAR", [calendar_row(key, number) for key, number in calendar.items()]
    yield "SCHEDOPTIONS", [options_row(number) for number in project.values()]
    yield "PROJWBS", list(nodes.values())
    yield "RSRC", [resource_row(key, number, calendar["E"]) for key, number in crew.items()]
    yield "RSRCRATE", [rate_row(key, number) for key, number in crew.items()]
    yield "ACTVTYPE", [type_row(n, kind) for n, kind in enumerate(CODE_TYPES)]
    yield "ACTVCODE", [code_row(kind, name, number) for (kind, name), number in codes.items()]
    yield "TASK", [task_row(a, task, project, nodes, calendar, found.get(a.code)) for a in plan]
    links = [(a, *link) for a in plan for link in a.after]
    by_code = {a.code: a for a in plan}
    yield "TASKPRED", [link_row(n, *link, by_code, task, project) for n, link in enumerate(links)]
    yield "TASKACTV", [code_use(a, pair, task, project, codes) for a in plan for pair in a.codes.items()]
    paid = [(a, *part) for a in plan for part in assignments(a, found.get(a.code))]
    yield "TASKRSRC", [use_row(n, *part, task, project, crew) for n, part in enumerate(paid)]
    spent = [a for a in plan if a.fixed and a.codes["Trade"] in EXPENSES]
    yield "PROJCOST", [expense_row(n, a, task, project) for n, a in enumerate(spent)]


def wbs_nodes(project: dict[str, int]) -> dict[str, dict[str, object]]:
    """Return the rows of the work breakdown structure, by ``C.SHAFT``: the projects' own first."""
    heads = {key: (name, "Y", "") for key, (_, name) in PROJECTS.items()}
    for text in PLAN.splitlines():
        for line in expanded(text):
            if line.startswith("# "):
                path, _, name = line[2:].partition(" ")
                heads[path] = (name, "N", path[0])
    number = {path: 201 + n for n, path in enumerate(heads)}
    return {
        path: {
            "wbs_id": number[path], "proj_id": project[path[0]], "seq_num": 10 * number[path], "proj_node_flag": node,
            "status_code": "WS_Open", "wbs_short_name": path[2:] or PROJECTS[path][0], "wbs_name": name,
            "parent_wbs_id": number.get(parent, ""),
        }
        for path, (name, node, parent) in heads.items()
    }  # fmt: skip


def project_row(key: str, number: int, calendar: int) -> dict[str, object]:
    return {
        "proj_id": number, "proj_short_name": PROJECTS[key][0], "clndr_id": calendar, "project_flag": "Y",
        "name_sep_char": ".", "last_recalc_date": stamp(DATA_DATE), "plan_start_date": stamp(FIRST_DAY),
        "plan_end_date": "", "def_duration_type": "DT_FixedDrtn", "def_qty_type": "QT_Hour",
    }  # fmt: skip


def calendar_row(key: str, number: int) -> dict[str, object]:
    name, day, worked, _ = CALENDARS[key]
    week = day * (len(worked) or 5)
    return {
        "clndr_id": number, "default_flag": "Y" if key == "O" else "N", "clndr_name": name, "proj_id": "",
        "base_clndr_id": "", "clndr_type": "CA_Base", "day_hr_cnt": day, "week_hr_cnt": week,
        "month_hr_cnt": round(week * 52 / 12), "year_hr_cnt": week * 52, "clndr_data": calendar_data(key),
    }  # fmt: skip


def options_row(project: int) -> dict[str, object]:
    return {
        "schedoptions_id": project + 500, "proj_id": project, "sched_outer_depend_type": "SD_Both",
        "sched_open_critical_flag": "N", "sched_lag_early_start_flag": "Y", "sched_retained_logic": "Y",
        "sched_progress_override": "N", "sched_float_type": "FT_FF",
        "sched_calendar_on_relationship_lag": "rcal_Predecessor", "sched_use_project_end_date_for_float": "Y",
    }  # fmt: skip


def resource_row(key: str, number: int, calendar: int) -> dict[str, object]:
    name, kind, _, _ = CREWS[key]
    return {"rsrc_id": number, "clndr_id": calendar, "rsrc_name": name, "rsrc_short_name": key, "rsrc_type": kind}


def rate_row(key: str, number: int) -> dict[str, object]:
    _, _, price, most = CREWS[key]
    return {
        "rsrc_rate_id": number + 100, "rsrc_id": number, "max_qty_per_hr": most or "", "cost_per_qty": price,
        "start_date": stamp(FIRST_DAY.replace(hour=0)),
    }  # fmt: skip


def type_row(number: int, kind: str) -> dict[str, object]:
    return {"actv_code_type_id": 601 + number, "actv_code_type": kind, "actv_code_type_scope": "AS_Global"}


def code_row(kind: str, name: str, number: int) -> dict[str, object]:
    owner = 601 + CODE_TYPES.index(kind)
    return {"actv_code_id": number, "actv_code_type_id": owner, "actv_code_name": name, "short_name": name}


def task_row(
    a: Activity,
    task: dict[str, int],
    project: dict[str, int],
    nodes: dict[str, dict[str, object]],
    calendar: dict[str, int],
    found: Schedule | None,
) -> dict[str, object]:
    """Return the TASK row: what is planned, what has happened, and the dates ``found``."""
    started, end = STATUS.get(a.code, ("", ""))
    complete = isinstance(end, str) and bool(end)
    constraint, date_of_constraint = CONSTRAINTS.get(a.code, ("", ""))
    planned, left = hours(a, found)
    early, late = (("", ""), ("", "")) if found is None or complete else (found.early, found.late)
    slack = "" if found is None or complete else f"{found.total_float:g}"
    if a.kind == "TT_LOE":  # its late dates only follow those of the work
        late, slack = ("", ""), ""
    return {
        "task_id": task[a.code], "proj_id": project[a.code[0]], "wbs_id": nodes[a.wbs]["wbs_id"],
        "clndr_id": calendar[a.calendar], "phys_complete_pct": 100 if complete else 0, "complete_pct_type": "CP_Drtn",
        "task_type": a.kind, "duration_type": "DT_FixedDrtn",
        "status_code": "TK_Complete" if complete else "TK_Active" if started else "TK_NotStart",
        "task_code": a.code, "task_name": a.name,
        "total_float_hr_cnt": slack,
        "remain_drtn_hr_cnt": f"{left:g}", "target_drtn_hr_cnt": f"{planned:g}", "cstr_date": date_of_constraint,
        "act_start_date": started, "act_end_date": end if complete else "",
        "late_start_date": stamp(late[0]), "late_end_date": stamp(late[1]),
        "early_start_date": stamp(early[0]), "early_end_date": stamp(early[1]),
        "target_start_date": started or stamp(early[0]), "target_end_date": end if complete else stamp(early[1]),
        "cstr_type": constraint, "priority_type": "PT_Normal",
        "driving_path_flag": "Y" if found and found.driving and not complete else "N",
    }  # fmt: skip


def hours(a: Activity, found: Schedule | None) -> tuple[float, float]:
    """Return planned and remaining hours; level of effort is as long as the work it follows."""
    _, end = STATUS.get(a.code, ("", ""))
    if isinstance(end, str) and end:
        return a.hours, 0
    if a.kind == "TT_LOE":
        left = found.hours if found else 8.0
        return left, left
    return a.hours, int(end) * CALENDARS[a.calendar][1] if end != "" else a.hours


def link_row(
    number: int,
    a: Activity,
    code: str,
    kind: str,
    lag: int,
    by_code: dict[str, Activity],
    task: dict[str, int],
    project: dict[str, int],
) -> dict[str, object]:
    """Return the TASKPRED row; a lag counts on the calendar of the predecessor."""
    return {
        "task_pred_id": 20001 + number, "task_id": task[a.code], "pred_task_id": task[code],
        "proj_id": project[a.code[0]], "pred_proj_id": project[code[0]], "pred_type": LINKS[kind],
        "lag_hr_cnt": lag * CALENDARS[by_code[code].calendar][1],
    }  # fmt: skip


def code_use(
    a: Activity, pair: tuple[str, str], task: dict[str, int], project: dict[str, int], codes: dict[tuple[str, str], int]
) -> dict[str, object]:
    return {
        "task_id": task[a.code], "actv_code_type_id": 601 + CODE_TYPES.index(pair[0]), "actv_code_id": codes[pair],
        "proj_id": project[a.code[0]],
    }  # fmt: skip


def assignments(a: Activity, found: Schedule | None) -> Iterator[tuple[str, float, float, float, float]]:
    """Yield (resource, units an hour, planned, actual and remaining cost) of an activity."""
    planned, left = hours(a, found)
    done = (1 - left / planned) if planned else 0.0
    over = SPENT.get(a.code, 1.0) if left == 0 else 1.0
    if a.crew:
        rate = CREWS[a.crew[0]][2] * a.crew[1]
        yield a.crew[0], a.crew[1], rate * planned, rate * planned * done * over, rate * left
    if a.fixed and a.codes["Trade"] not in EXPENSES:
        yield "mat", a.fixed / planned, a.fixed, a.fixed * done * over, a.fixed * (1 - done)


def use_row(
    number: int,
    a: Activity,
    resource: str,
    units: float,
    planned: float,
    actual: float,
    remaining: float,
    task: dict[str, int],
    project: dict[str, int],
    crew: dict[str, int],
) -> dict[str, object]:
    """Return the TASKRSRC row: quantities are costs over the rate."""
    _, kind, price, _ = CREWS[resource]
    return {
        "taskrsrc_id": 30001 + number, "task_id": task[a.code], "proj_id": project[a.code[0]],
        "cost_qty_link_flag": "Y", "rsrc_id": crew[resource], "remain_qty": f"{remaining / price:.2f}",
        "target_qty": f"{planned / price:.2f}", "target_qty_per_hr": f"{units:.4f}",
        "act_reg_qty": f"{actual / price:.2f}", "cost_per_qty": price, "target_cost": f"{planned:.2f}",
        "act_reg_cost": f"{actual:.2f}", "act_ot_cost": 0, "remain_cost": f"{remaining:.2f}",
        "rate_type": "COST_PER_QTY", "rsrc_type": kind,
    }  # fmt: skip


def expense_row(number: int, a: Activity, task: dict[str, int], project: dict[str, int]) -> dict[str, object]:
    """Return the PROJCOST row of a contract or a fee."""
    planned, left = hours(a, None)
    share = left / planned
    actual = a.fixed * (1 - share) * (SPENT.get(a.code, 1.0) if left == 0 else 1.0)
    return {
        "cost_item_id": 40001 + number, "proj_id": project[a.code[0]], "task_id": task[a.code], "cost_name": a.name,
        "act_cost": f"{actual:.2f}", "remain_cost": f"{a.fixed * share:.2f}", "target_cost": f"{a.fixed:.2f}",
        "cost_load_type": "CL_Uniform",
    }  # fmt: skip


def stamp(at: datetime | str) -> str:
    """Return a date as P6 writes it; nothing stays nothing."""
    return at if isinstance(at, str) else at.strftime("%Y-%m-%d %H:%M")


def scheduled(text: str) -> dict[str, Schedule]:
    """Return dates, float and driving path of every activity of the file, by code."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / "plan.xer"
        file.write_text(text, encoding="utf-8", newline="\n")
        network = compile_network(xer.read(file), Settings(constraints="as-planned"))
    found = {}
    for task in network.tasks:
        work, number = network.axis.calendars[task.calendar], task.number
        slack = int(network.plan.total_float[number])
        early = [int(network.plan.start[number]), int(network.plan.finish[number])]
        worked = [int(index) for index in work.index(early)]
        late = [int(work.start_instant(worked[0] + slack)), int(work.finish_instant(worked[1] + slack))]
        instants = [network.axis.epoch + timedelta(minutes=minute) for minute in (*early, *late)]
        found[task.path.partition(".")[2]] = Schedule(
            (instants[0], instants[1]), (instants[2], instants[3]), slack / 60, (worked[1] - worked[0]) / 60,
            bool(network.plan.critical[number]),
        )  # fmt: skip
    return found


def text() -> str:
    """Return the text of plan.xer: scheduled once without dates, then written with them."""
    plan = activities()
    return file_text(plan, scheduled(file_text(plan, {})))


def write(file: Path) -> None:
    """Write the plan to ``file``."""
    file.write_text(text(), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    write(HERE / "plan.xer")
