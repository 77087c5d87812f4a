#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A scene behind a real product on the command line, against the model server"""

import os
import shutil

from cs_cli import Skip, check, equal, main
from test_engines import Desk, Server

PHOTO = 'photos/Hat_79307c6e-cc11-422f-8b55-d01148cc94b3.jpg'


def shared(name):
    path = os.path.join(os.environ.get('CS_SHARED', ''), name)
    if not os.environ.get('CS_SHARED') or not os.path.exists(path):
        raise Skip(f'CS_SHARED has no {name}')
    return path


def test_scene():
    model, photo = shared('models/u2netp.onnx'), shared(PHOTO)
    with Server() as server, Desk() as library:
        os.environ['XDG_DATA_HOME'] = os.path.join(library.folder, 'data')
        folder = os.path.join(library.folder, 'hat')
        os.makedirs(folder)
        shutil.copy(photo, folder)
        library.run('models', 'add', model)
        product = str(library.lines('import', folder)[0]['products'][0])
        library.with_key('engine', 'add', 'openai-pictures', '--address', server.address('openai-edit-json'),
                         '--model', 'gpt-image-1.5', key='sk-1', expect=None)
        library.run('engine', 'allow', 'openai-pictures', 'photos')
        library.with_key('suggest', product, '--engine', 'openai-pictures', '--scene', 'stone', key='sk-1')
        asked = server.requests()
        equal(len(asked), 1)
        check('smooth pale stone' in asked[0]['body'], 'the scene that was asked for')
        check(not any(each['gps'] or each['exif'] for each in asked[0]['pictures']), 'device data went')
        rows = [row for row in library.lines('suggestions', product)
                if row['field'] == 'picture' and row.get('engine') == 'openai-pictures']
        check(rows, 'no picture was suggested')
        check('painted by' in rows[0]['text'] and 'had moved' not in rows[0]['text'], rows[0]['text'])
        equal(library.sent()[0]['state'], 'answered')

        # Nothing changed: nothing is paid for again
        library.with_key('suggest', product, '--engine', 'openai-pictures', '--scene', 'stone', key='sk-1')
        equal(len(server.requests()), 1)


if __name__ == '__main__':
    main([test_scene])
