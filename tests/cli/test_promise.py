#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Offline means offline: with no model and no marketplace, nothing from import
to approval opens a socket beyond this computer, and practising stays on
loopback. And nothing approves but the two places where a person does."""

import os
import re
import shutil

from cs_cli import Library, Skip, check, equal, main, photo

PROMPT = '[q]uit [?] '
SOURCE = os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', '..', 'src')


class Traced(Library):
    """Runs every command under strace"""

    def __init__(self):
        super().__init__()
        self.traces = 0

    def command(self, *arguments):
        self.traces += 1
        trace = os.path.join(self.folder, f'trace.{self.traces}')
        # Leaks cannot be looked for under a tracer
        return [shutil.which('strace'), '-f', '-qq', '-e', 'trace=socket,connect,sendto,sendmsg,bind', '-o', trace,
                '-E', 'ASAN_OPTIONS=' + ':'.join(filter(None, [os.environ.get('ASAN_OPTIONS'), 'detect_leaks=0'])),
                *super().command(*arguments)]

    def calls(self):
        lines = []
        for number in range(1, self.traces + 1):
            path = os.path.join(self.folder, f'trace.{number}')
            if os.path.exists(path):
                with open(path, errors='replace') as file:
                    lines += file.read().splitlines()
        return lines


def is_far(line):
    """A call that reaches for something beyond this computer"""
    if re.search(r'\bsocket\((AF_UNIX|AF_LOCAL|AF_NETLINK)', line):
        return False
    if re.search(r'\bsocket\(', line):
        return 'AF_INET' not in line  # where to is seen when it connects
    if re.search(r'sa_family=AF_INET6?\b', line):
        return not re.search(r'inet_addr\("127\.|inet_pton\(AF_INET6, "::1"', line)
    return False


def need_strace():
    if not shutil.which('strace'):
        raise Skip('strace is not installed')


def to_approval(library):
    product = library.add_product('basket')
    library.run('set', product, 'price', '89 CNY')
    library.run('suggest')
    terminal = library.terminal('review')
    while True:
        try:
            terminal.wait_for(PROMPT, 40)
        except AssertionError:
            break
        terminal.type('a')
    equal(terminal.end(), 0)
    terminal = library.terminal('approve', product)
    terminal.wait_for('type “approve”: ')
    terminal.type('approve')
    equal(terminal.end(), 0)
    return product


def test_offline_to_approval():
    need_strace()
    with Traced() as library:
        to_approval(library)
        calls = library.calls()
        inet = [line for line in calls if 'AF_INET' in line]
        equal(inet, [])
        equal([line for line in calls if is_far(line)], [])


def test_practice_stays_on_loopback():
    need_strace()
    with Traced() as library:
        to_approval(library)
        library.run('sync')
        equal([entry['state'] for entry in library.lines('outbox')], ['done'])
        calls = library.calls()
        check(any('AF_INET' in line and 'connect(' in line for line in calls), 'the practice shop was really asked')
        equal([line for line in calls if is_far(line)], [])


def test_pictures_stay_here():
    """Nothing is fetched by itself: neither by listing what could be, nor by cutting out"""
    need_strace()
    network = os.path.join(os.environ.get('CS_SHARED', ''), 'models', 'u2netp.onnx')
    with Traced() as library:
        home = {'XDG_DATA_HOME': os.path.join(library.folder, 'data')}
        one = library.put('one.png', photo('one'))
        out = os.path.join(library.folder, 'out')
        library.run('models', **home)
        library.run('picture', one, '-o', out, **home)
        library.run('models', 'use', 'u2netp', expect=1, **home)
        library.run('models', 'add', one, expect=1, **home)
        if os.path.exists(network):
            library.run('models', 'add', network, **home)
            library.run('picture', one, '-o', out, '--mask', **home)
        calls = library.calls()
        check(calls, 'something was traced')
        equal([line for line in calls if 'AF_INET' in line], [])


def test_a_person_asks_for_a_download():
    equal(callers('cs_download_file'), {'engines/picture/cs-cutout-fetch.c'})
    equal(callers('cs_cutout_models_download'), {'desk/picture/cs-workshop.c'})
    askers = callers('cs_workshop_download_model')
    check('cli/cs-cli-models.c' in askers)
    check(askers <= {'cli/cs-cli-models.c', 'app/models/cs-cutout-view.c'}, askers)


def test_a_person_asks_a_model():
    """Engines that send ask their meter first, and none is asked but where a person does"""
    equal({name for name in callers('cs_http_open') | callers('cs_http_send') if name.startswith('engines/')},
          {'engines/chat/cs-chat-sending.c', 'engines/chat/cs-local-servers.c', 'engines/edit/cs-edit-sending.c'})
    equal(callers('cs_meter_begin'), {'engines/chat/cs-chat-sending.c', 'engines/edit/cs-edit-sending.c'})
    equal(callers('cs_ledger_begin'), {'desk/models/cs-desk-meter.c'})
    by_face = callers('cs_engines_allow')
    check(all(name.startswith(('app/models/', 'cli/cs-cli-engine', 'cli/cs-cli-suggest')) for name in by_face), by_face)
    equal(callers('cs_engines_ask') | callers('cs_engines_go_on'), {'app/models/cs-asking.c', 'cli/cs-cli-suggest.c'})


def test_the_tracer_sees():
    """A far address in a trace is seen as one"""
    check(is_far('12 connect(5, {sa_family=AF_INET, sin_port=htons(443), sin_addr=inet_addr("93.184.216.34")}, 16) = 0'))
    check(is_far('12 sendto(5, "x", 1, 0, {sa_family=AF_INET6, sin6_port=htons(53), inet_pton(AF_INET6, "2001:db8::1", &sin6_addr)}, 28) = 1'))
    check(not is_far('12 connect(5, {sa_family=AF_INET, sin_port=htons(80), sin_addr=inet_addr("127.0.0.1")}, 16) = 0'))


def callers(name):
    found = set()
    for folder, _, names in os.walk(SOURCE):
        for file_name in names:
            if not file_name.endswith('.c'):
                continue
            path = os.path.join(folder, file_name)
            with open(path, encoding='utf-8') as file:
                text = re.sub(r'/\*.*?\*/|"(?:\\.|[^"\\\n])*"', ' ', file.read(), flags=re.S)
            for line in text.splitlines():
                # A definition begins its line
                if re.search(rf'(?<!\w){name}\b', line) and not re.match(rf'{name} \(', line):
                    found.add(os.path.relpath(path, SOURCE))
    return found


def test_only_a_person_approves():
    by_desk = callers('cs_desk_approve')
    check(by_desk <= {'cli/cs-cli-approve.c', 'app/publish/cs-sign-dialog.c'}, by_desk)
    check('cli/cs-cli-approve.c' in by_desk)
    equal(callers('cs_outbox_approve'), {'desk/publish/cs-desk-ready.c'})
    inserts = set()
    for folder, _, names in os.walk(SOURCE):
        for name in names:
            path = os.path.join(folder, name)
            with open(path, encoding='utf-8', errors='replace') as file:
                if re.search(r'INSERT (OR \w+ )?INTO approval\b', file.read()):
                    inserts.add(os.path.relpath(path, SOURCE))
    equal(len(inserts), 1)
    check(next(iter(inserts)).startswith('store/'), inserts)


main([test_the_tracer_sees, test_only_a_person_approves, test_a_person_asks_for_a_download, test_a_person_asks_a_model, test_pictures_stay_here,
      test_offline_to_approval, test_practice_stays_on_loopback])
