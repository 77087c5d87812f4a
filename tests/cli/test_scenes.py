#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A scene behind a real product on the command line, against the model server"""

import os
import shutil

from cs_cli import Skip, check, equal, main
from test_engines import Desk, Server

PHOTO = 'photos/Hat_79307c6e-cc11-422f-8b55-d01148cc94b3.jpg'
OTHER = 'photos/Hat_8a123238-58ae-43bc-91ef-63c2a34df63f.jpg'


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


def test_scenes_of_several_photos():
    """Each photo and each scene is paid for once, and the cost is known before"""
    model, first, second = shared('models/u2netp.onnx'), shared(PHOTO), shared(OTHER)
    with Server() as server, Desk() as library:
        os.environ['XDG_DATA_HOME'] = os.path.join(library.folder, 'data')
        folder = os.path.join(library.folder, 'hat')
        os.makedirs(folder)
        shutil.copy(first, os.path.join(folder, '1.jpg'))
        shutil.copy(second, os.path.join(folder, '2.jpg'))
        library.run('models', 'add', model)
        product = str(library.lines('import', folder)[0]['products'][0])
        library.with_key('engine', 'add', 'openai-pictures', '--address', server.address('openai-edit-json'),
                         '--model', 'gpt-image-1.5', '--currency', 'USD', '--price-picture', '0.25', key='sk-1', expect=None)
        library.run('engine', 'allow', 'openai-pictures', 'photos')

        def ask(scene):
            """(what it was said to cost, how many requests went)"""
            before = len(server.requests())
            said = library.with_key('suggest', product, '--engine', 'openai-pictures', '--scene', scene, key='sk-1').out
            return said, len(server.requests()) - before

        said, n = ask('stone')
        equal(n, 2)
        check('0.50' in said, said)
        said, n = ask('On a mat of reeds')
        equal(n, 2)
        check('On a mat of reeds' in server.requests()[-1]['body'], 'the own words')
        check('0.50' in said, said)
        # Of all products, too
        before = len(server.requests())
        library.with_key('suggest', '--engine', 'openai-pictures', '--scene', 'linen', key='sk-1')
        equal(len(server.requests()) - before, 2)
        for scene in ('stone', 'On a mat of reeds'):
            said, n = ask(scene)
            equal(n, 0)
            check('1 of them unchanged' in said and '0.50' not in said, said)


def test_refused():
    """What keeps a model from painting is said of a picture, and not of a text"""
    model, photo = shared('models/u2netp.onnx'), shared(PHOTO)
    with Server() as server, Desk() as library:
        os.environ['XDG_DATA_HOME'] = os.path.join(library.folder, 'data')
        folder = os.path.join(library.folder, 'hat')
        os.makedirs(folder)
        shutil.copy(photo, folder)
        library.run('models', 'add', model)
        product = str(library.lines('import', folder)[0]['products'][0])
        library.with_key('engine', 'add', 'openai-pictures', '--address', server.address('openai-edit-json+filtered'),
                         '--model', 'gpt-image-1.5', key='sk-1', expect=None)
        library.run('engine', 'allow', 'openai-pictures', 'photos')
        run = library.with_key('suggest', product, '--engine', 'openai-pictures', '--scene', 'stone', key='sk-1', expect=None)
        check('did not paint this scene' in run.out + run.err, run.out + run.err)


def test_without_a_key():
    """It is said when it is added"""
    with Desk() as library:
        check('answers nobody without a key' in library.run('engine', 'add', 'deepseek').err, 'nothing was said')
        check('without a key' not in library.run('engine', 'add', 'ollama', '--model', 'qwen3-vl:8b').err, 'it wants none')


if __name__ == '__main__':
    main([test_scene, test_scenes_of_several_photos, test_refused, test_without_a_key])
