# SPDX-License-Identifier: GPL-3.0-or-later
"""Counts what really ran: every TAP line of every test program, in one or more
build folders. Prints what was skipped and what failed, with the reason, and as
its last line `N passed, N failed` (`, N skipped`)."""

import json
import re
import sys
from pathlib import Path

LINE = re.compile(r'^(not )?ok\b\s*(\d+)?\s*-?\s*(.*)$')


def cases(entry):
    """(name, outcome, reason) for each case of one test program's run"""
    found = []
    for line in (entry.get('stdout') or '').splitlines():
        match = LINE.match(line)
        if not match:
            continue
        name, _, directive = match[3].partition('#')
        directive = directive.strip()
        if directive.upper().startswith('SKIP'):
            outcome = 'skipped'
        elif directive.upper().startswith('TODO'):
            continue
        else:
            outcome = 'failed' if match[1] else 'passed'
        found.append((name.strip() or entry['name'], outcome, directive[4:].strip()))
    result = entry['result']
    # A program that ends badly has failed, whatever it had printed by then
    if result not in ('OK', 'SKIP') and not any(outcome == 'failed' for _, outcome, _ in found):
        found.append((entry['name'], 'failed', result))
    if not found:
        found.append((entry['name'], 'skipped' if result == 'SKIP' else 'failed', 'ran no case'))
    return found


def main(folders):
    counts = {'passed': 0, 'failed': 0, 'skipped': 0}
    for folder in folders:
        log = Path(folder, 'meson-logs', 'testlog.json')
        if not log.exists():
            print(f'No test ran in {folder}')
            counts['failed'] += 1
            continue
        for line in log.read_text(errors='replace').splitlines():
            entry = json.loads(line)
            for name, outcome, reason in cases(entry):
                counts[outcome] += 1
                if outcome != 'passed':
                    print(f'{outcome}: {entry["name"]}: {name}{": " + reason if reason else ""}')
    last = f'{counts["passed"]} passed, {counts["failed"]} failed'
    if counts['skipped']:
        last += f', {counts["skipped"]} skipped'
    print(last)
    return 1 if counts['failed'] or not counts['passed'] else 0


sys.exit(main(sys.argv[1:]))
