/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "cs-edit-order.h"
#include "cs-request.h"

G_BEGIN_DECLS

/* What came back: bytes as they stand in the reply, or where they are to be had,
 * or what to ask after
 */
typedef struct
{
  GBytes  *picture;
  char    *address;
  char    *task;
  gboolean working; /* the task is not done yet */
  char    *words;   /* in place of a picture: why, as the model says; or NULL */
  gint64   input;   /* tokens; -1 where it does not say */
  gint64   output;
} CsEditAnswer;

/**
 * CsEditDialect:
 * @secret_header: that has the key: NULL for "Authorization: Bearer …"
 * @make: the request, all but the key
 * @read: FALSE where there is nothing to use in it, and then words may tell why
 * @ask: after a task, or NULL where there are none
 *
 * A form of asking for a picture to be edited: nothing but a translation
 */
typedef struct
{
  const char *name;
  const char *secret_header;
  CsRequest *(*make) (const CsEditOrder *order);
  gboolean (*read) (JsonObject   *reply,
                    CsEditAnswer *answer);
  CsRequest *(*ask) (const CsEditOrder *order,
                     const char        *task);
} CsEditDialect;

/* The usual one where there is no such name */
const CsEditDialect *cs_edit_dialect_find (const char *name);
CsRequest           *cs_edit_dialect_make_json (const char *address,
                                                JsonObject *body);
gboolean             cs_edit_answer_take_base64 (CsEditAnswer *self,
                                                 const char   *text);
void                 cs_edit_answer_clear (CsEditAnswer *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CsEditAnswer, cs_edit_answer_clear)

extern const CsEditDialect cs_edit_openai_json;
extern const CsEditDialect cs_edit_openai_form;
extern const CsEditDialect cs_edit_qwen;
extern const CsEditDialect cs_edit_dashscope;
extern const CsEditDialect cs_edit_seedream;
extern const CsEditDialect cs_edit_gemini;

G_END_DECLS
