# SPDX-License-Identifier: GPL-3.0-or-later
"""Models that edit pictures: what they ask for, and the pictures that they answer with"""

import base64
import binascii
import email.parser
import email.policy
import json
import os
import re
import shutil
import struct
import subprocess
import zlib

from model_dialects import Refusal, measure

XMP = ('<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
       '<rdf:Description xmlns:Iptc4xmpExt="http://iptc.org/std/Iptc4xmpExt/2008-02-29/" Iptc4xmpExt:DigitalSourceType='
       '"http://cv.iptc.org/newscodes/digitalsourcetype/compositeWithTrainedAlgorithmicMedia"/></rdf:RDF></x:xmpmeta>')


# --- Pictures -----------------------------------------------------------------

def chunk(kind, data):
    return struct.pack('>I', len(data)) + kind + data + struct.pack('>I', zlib.crc32(kind + data))


def png(width, height, depth, colour, rows, extra=b''):
    packer = zlib.compressobj(1)
    data = b''.join([packer.compress(row) for row in rows] + [packer.flush()])
    return (b'\x89PNG\r\n\x1a\n' + chunk(b'IHDR', struct.pack('>IIBBBBB', width, height, depth, colour, 0, 0, 0)) +
            extra + chunk(b'IDAT', data) + chunk(b'IEND', b''))


def scene(width, height, extra=b''):
    """A wall and a table, each lit from above"""
    def rows():
        for y in range(height):
            at = y / max(1, height - 1)
            colour = (int(235 - 60 * at), int(225 - 50 * at), int(210 - 40 * at)) if at < 0.66 else \
                (int(150 - 70 * (at - 0.66)), int(110 - 60 * (at - 0.66)), int(70 - 40 * (at - 0.66)))
            yield b'\0' + bytes(colour) * width
    return png(width, height, 8, 2, rows(), extra)


def bomb():
    """900 million pixels in a small file"""
    side = 30000
    row = b'\0' + bytes((side + 7) // 8)
    return png(side, side, 1, 0, (row for _ in range(side)))


def convert(data, *how):
    """By ImageMagick, where it is there; else as it is"""
    program = shutil.which('magick') or shutil.which('convert')
    if program is None:
        return data
    done = subprocess.run([program, '-', *how], input=data, stdout=subprocess.PIPE, check=False)
    return done.stdout if done.returncode == 0 else data


def result_picture(given, size, quirks):
    """The file that comes back; given: the first picture that was sent, or None"""
    width, height = size
    if 'pixels' in quirks:
        width, height = (int(side) for side in quirks['pixels'].split('x'))
    extra = b''
    if 'xmp' in quirks:
        extra = chunk(b'iTXt', b'XML:com.adobe.xmp\0\0\0\0\0' + XMP.encode())
    if 'picture' in quirks:
        with open(os.path.join(os.environ['CS_MODEL_PICTURES'], os.path.basename(quirks['picture'])), 'rb') as file:
            return file.read()
    kind = quirks.get('result', '')
    if kind == 'bomb':
        return bomb()
    if kind == 'html':
        return b'<!DOCTYPE html><html><body>Sign in to this network</body></html>'
    if kind == 'svg':
        return b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><image href="file:///etc/passwd"/></svg>'
    if kind == 'gif':
        return b'GIF89a\x01\x00\x01\x00\x80\x00\x00\xff\xff\xff\x00\x00\x00,\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02D\x01\x00;'
    if kind == 'nothing':
        return b''
    picture = scene(width, height, extra)
    if given is not None and 'moved' in quirks:
        # The model drew the product anew, somewhere else
        by = quirks['moved'] or '120'
        picture = convert(given, '-resize', f'{width}x{height}!', '-roll', f'+{by}+{by}', 'png:-')
    elif given is not None and 'echo' in quirks:
        picture = convert(given, '-resize', f'{width}x{height}!', 'png:-')
    elif given is not None and 'tinted' in quirks:
        # As most do: everything a little different, the product too
        picture = convert(given, '-resize', f'{width}x{height}!', '-modulate', '104,112,103', 'png:-')
    for form in ('jpeg', 'webp'):
        if form in quirks:
            picture = convert(picture, f'{form}:-')
    if kind == 'cut':
        picture = picture[:len(picture) // 2]
    return picture


# --- What was asked ------------------------------------------------------------

def from_data(url, words='The image is not valid.'):
    match = re.match(r'data:image/(?:jpeg|png|webp);base64,', url) if isinstance(url, str) else None
    if match is None:
        raise Refusal(400, words)
    try:
        data = base64.b64decode(url[match.end():], validate=True)
    except (binascii.Error, ValueError):
        raise Refusal(400, words) from None
    if measure(data) is None:
        raise Refusal(400, words)
    return data


def read_json(raw):
    try:
        body = json.loads(raw)
    except ValueError:
        body = None
    if not isinstance(body, dict):
        raise Refusal(400, 'We could not parse the JSON body of your request.')
    return body


def read_multipart(raw, headers):
    """[(name, file name, type, bytes)]"""
    kind = headers.get('Content-Type') or ''
    if not kind.startswith('multipart/form-data'):
        raise Refusal(400, "Invalid content type: expected 'multipart/form-data'.")
    message = email.parser.BytesParser(policy=email.policy.HTTP).parsebytes(
        b'Content-Type: ' + kind.encode() + b'\r\n\r\n' + raw)
    if not message.is_multipart() or message.defects:
        raise Refusal(400, 'We could not parse the multipart body of your request.')
    found = []
    for part in message.iter_parts():
        name = part.get_param('name', header='content-disposition')
        if part.get_content_disposition() != 'form-data' or not name:
            raise Refusal(400, 'A part has no name.')
        found.append((name, part.get_filename(), part.get_content_type(), part.get_payload(decode=True)))
    return found


OPENAI_EDIT = {'model', 'images', 'image', 'image[]', 'mask', 'prompt', 'size', 'quality', 'background', 'output_format',
               'output_compression', 'input_fidelity', 'n', 'user', 'partial_images', 'stream', 'moderation'}


def check_openai_edit(fields, pictures, mask):
    for name in fields:
        if name not in OPENAI_EDIT:
            raise Refusal(400, f"Unknown parameter: '{name}'.", param=name, code='unknown_parameter')
    if not str(fields.get('model', '')).startswith(('gpt-image', 'chatgpt-image')):
        raise Refusal(400, "Invalid value: 'model'.", param='model', code='invalid_value')
    if not 1 <= len(pictures) <= 16:
        raise Refusal(400, "Missing required parameter: 'image'.", param='image')
    if not fields.get('prompt') or len(fields['prompt']) > 32000:
        raise Refusal(400, "Invalid 'prompt'.", param='prompt')
    sizes = ('1024x1024', '1536x1024', '1024x1536', 'auto')
    if fields.get('size', 'auto') not in sizes:
        raise Refusal(400, f"Invalid value: '{fields['size']}'. Supported values are: {', '.join(sizes)}.", param='size')
    if mask is not None:
        found = measure(mask)
        if found is None or found[0] != 'image/png' or len(mask) > 4 << 20:
            raise Refusal(400, 'Invalid mask: a PNG of less than 4MB is wanted.', param='mask')
        if found[1:] != measure(pictures[0])[1:] and measure(pictures[0])[1]:
            raise Refusal(400, 'Invalid mask image size.', param='mask')
    size = fields.get('size', 'auto')
    return (1024, 1024) if size == 'auto' else tuple(int(side) for side in size.split('x'))


def openai_json(raw, headers):
    if not (headers.get('Content-Type') or '').startswith('application/json'):
        raise Refusal(400, "Invalid content type: expected 'application/json'.")
    body = read_json(raw)
    listed = body.get('images')
    if not isinstance(listed, list) or not all(isinstance(each, dict) for each in listed):
        raise Refusal(400, "Missing required parameter: 'images'.", param='images')
    if any(len(each.get('image_url') or '') > 20971520 for each in listed):
        raise Refusal(400, 'string too long', param='images')
    pictures = [from_data(each.get('image_url')) for each in listed]
    mask = from_data(body['mask'].get('image_url')) if isinstance(body.get('mask'), dict) else None
    return body, pictures, mask, check_openai_edit(body, pictures, mask)


def openai_multipart(raw, headers):
    fields, pictures, mask = {}, [], None
    for name, file_name, kind, data in read_multipart(raw, headers):
        if name in ('image', 'image[]', 'mask'):
            if not file_name or measure(data) is None or measure(data)[0] != kind:
                raise Refusal(400, f'Invalid file: unsupported mimetype ({kind}).', param=name)
            fields[name] = file_name
            if name == 'mask':
                mask = data
            else:
                pictures.append(data)
        else:
            fields[name] = data.decode('utf-8')
    return fields, pictures, mask, check_openai_edit(fields, pictures, mask)


def dashscope_size(parameters):
    size = parameters.get('size')
    if size is None:
        return (1024, 1024)
    match = re.fullmatch(r'(\d+)\*(\d+)', str(size))
    if match is None or not all(512 <= int(side) <= 2048 for side in match.groups()):
        raise Refusal(400, 'size must be between 512*512 and 2048*2048')
    return tuple(int(side) for side in match.groups())


def qwen_edit(raw, headers):
    body = read_json(raw)
    try:
        parts = body['input']['messages'][0]['content']
        pictures = [from_data(part['image']) for part in parts if 'image' in part]
        words = [part['text'] for part in parts if 'text' in part]
    except (KeyError, IndexError, TypeError):
        raise Refusal(400, 'Field required: input.messages') from None
    if not 1 <= len(pictures) <= 3 or len(words) != 1 or not body.get('model'):
        raise Refusal(400, 'One to three images and one text are wanted')
    return body, pictures, None, dashscope_size(body.get('parameters') or {})


def dashscope_async(raw, headers):
    if headers.get('X-DashScope-Async') != 'enable':
        raise Refusal(403, 'current user api does not support synchronous calls.', code='AccessDenied')
    body = read_json(raw)
    given = body.get('input')
    if not isinstance(given, dict) or not body.get('model'):
        raise Refusal(400, 'Field required: input')
    if 'messages' in given:
        return qwen_edit(raw, headers)
    urls = given.get('images') or [given.get('base_image_url') or given.get('image_url')]
    if not given.get('prompt'):
        raise Refusal(400, 'Field required: input.prompt')
    return body, [from_data(url) for url in urls], None, dashscope_size(body.get('parameters') or {})


def seedream(raw, headers):
    body = read_json(raw)
    listed = body.get('image') if isinstance(body.get('image'), list) else [body.get('image')]
    if not body.get('model') or not body.get('prompt'):
        raise Refusal(400, 'The request is missing a required parameter.', param='prompt', code='MissingParameter')
    if body.get('response_format', 'url') not in ('url', 'b64_json'):
        raise Refusal(400, 'The parameter `response_format` is not valid.', param='response_format', code='InvalidParameter')
    pictures = [from_data(each) for each in listed]
    size = str(body.get('size', '2K'))
    sides = {'1K': (1024, 1024), '2K': (2048, 2048), '4K': (4096, 4096)}
    if size not in sides and not re.fullmatch(r'\d{3,4}x\d{3,4}', size):
        raise Refusal(400, 'The parameter `size` is not valid.', param='size', code='InvalidParameter')
    return body, pictures, None, sides.get(size) or tuple(int(side) for side in size.split('x'))


def gemini_image(raw, headers):
    body = read_json(raw)
    for name in body:
        if name not in ('contents', 'generationConfig', 'safetySettings', 'systemInstruction'):
            raise Refusal(400, f'Invalid JSON payload received. Unknown name "{name}": Cannot find field.')
    try:
        parts = body['contents'][0]['parts']
        inline = [part.get('inline_data') or part.get('inlineData') for part in parts]
        pictures = [base64.b64decode(each['data'], validate=True) for each in inline if each]
    except (KeyError, IndexError, TypeError, AttributeError, ValueError):
        raise Refusal(400, 'Invalid value at contents') from None
    if not pictures or any(measure(each) is None for each in pictures) or not any(part.get('text') for part in parts):
        raise Refusal(400, 'Unable to process input image.')
    return body, pictures, None, (1024, 1024)


READERS = {'openai-edit-json': openai_json, 'openai-edit-multipart': openai_multipart, 'qwen-edit': qwen_edit,
           'dashscope-async': dashscope_async, 'seedream': seedream, 'gemini-image': gemini_image}


# --- What is answered ------------------------------------------------------------

def answer(name, body, pictures, address, task, quirks):
    """JSON; address: of a picture's file by its number; task: the id of an asynchronous one"""
    if 'nopicture' in quirks:
        return no_picture(name)
    n = len(pictures)
    coded = ['!not base64!' if 'nob64' in quirks else base64.b64encode(each).decode() for each in pictures]
    urls = [address(number) for number in range(n)]
    if 'far' in quirks:
        urls = [f'http://{quirks["far"] or "evil.invalid"}/p.png'] * n
    if 'file-url' in quirks:
        urls = ['file:///etc/passwd'] * n
    usage = {'input_tokens': 812, 'output_tokens': 1056 * n, 'total_tokens': 812 + 1056 * n,
             'input_tokens_details': {'text_tokens': 90, 'image_tokens': 722}}
    if name in ('openai-edit-json', 'openai-edit-multipart'):
        reply = {'created': 1790000000, 'data': [{'url': url} if 'url' in quirks else {'b64_json': each}
                                                 for each, url in zip(coded, urls)],
                 'size': '1024x1024', 'quality': 'high', 'output_format': 'png', 'usage': usage}
    elif name == 'seedream':
        wants = body.get('response_format', 'url')
        reply = {'model': body['model'], 'created': 1790000000,
                 'data': [{'b64_json': each, 'size': '2048x2048'} if wants == 'b64_json' and 'url' not in quirks
                          else {'url': url, 'size': '2048x2048'} for each, url in zip(coded, urls)],
                 'usage': {'generated_images': n, 'output_tokens': 16384 * n, 'total_tokens': 16384 * n}}
    elif name == 'qwen-edit':
        reply = {'output': {'choices': [{'finish_reason': 'stop', 'message': {
            'role': 'assistant', 'content': [{'image': url} for url in urls]}}]},
            'usage': {'image_count': n, 'width': 1024, 'height': 1024}, 'request_id': 'r-1'}
    elif name == 'dashscope-async':
        reply = {'output': {'task_id': task, 'task_status': 'PENDING'}, 'request_id': 'r-1'}
    else:
        parts = [{'text': 'Here is the picture.'}, *({'inlineData': {'mimeType': 'image/png', 'data': each}} for each in coded)]
        if 'datauri' in quirks:
            parts = [{'text': f'Here it is: ![picture](data:image/png;base64,{each})'} for each in coded]
        reply = {'candidates': [{'content': {'role': 'model', 'parts': parts}, 'finishReason': 'STOP'}],
                 'usageMetadata': {'promptTokenCount': 812, 'candidatesTokenCount': 1290 * n, 'totalTokenCount': 812 + 1290 * n}}
    if 'nousage' in quirks:
        reply.pop('usage', None)
        reply.pop('usageMetadata', None)
    return reply


def no_picture(name):
    if name == 'gemini-image':
        return {'candidates': [{'content': {'role': 'model', 'parts': [{'text': "I can't edit this picture."}]},
                                'finishReason': 'IMAGE_SAFETY'}], 'usageMetadata': {'promptTokenCount': 812}}
    if name in ('qwen-edit', 'dashscope-async'):
        return {'output': {'choices': [{'finish_reason': 'stop', 'message': {'content': [{'text': 'No.'}]}}]}, 'usage': {}}
    return {'created': 1790000000, 'data': [], 'usage': {'input_tokens': 812, 'output_tokens': 0}}


def task_answer(task, polls, urls, quirks):
    """Of the n-th question what became of a task"""
    if 'forever' in quirks or polls <= int(quirks.get('pending') or 2):
        return {'output': {'task_id': task, 'task_status': 'PENDING' if polls <= 1 else 'RUNNING'}, 'request_id': 'r-2'}
    if 'fail-task' in quirks:
        return {'output': {'task_id': task, 'task_status': 'FAILED', 'code': 'DataInspectionFailed',
                           'message': 'Output data may contain inappropriate content.'}, 'request_id': 'r-2'}
    return {'output': {'task_id': task, 'task_status': 'SUCCEEDED', 'results': [{'url': url} for url in urls]},
            'usage': {'image_count': len(urls)}, 'request_id': 'r-2'}
