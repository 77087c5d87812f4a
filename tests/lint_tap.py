# SPDX-License-Identifier: GPL-3.0-or-later
"""What the lint programs share: a case is a name and a list of complaints."""

import sys


def report(cases):
    """cases: (name, complaints) or (name, complaints, reason to skip)"""
    cases = list(cases)
    print(f'1..{len(cases)}')
    failed = 0
    for number, (name, complaints, *skip) in enumerate(cases, 1):
        if skip and skip[0]:
            print(f'ok {number} - {name} # SKIP {skip[0]}')
            continue
        for complaint in complaints:
            print(f'# {complaint}')
        failed += bool(complaints)
        print(f'{"not ok" if complaints else "ok"} {number} - {name}')
    sys.exit(1 if failed else 0)
