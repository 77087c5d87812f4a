/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <json-glib/json-glib.h>

#include "cs-chat-fault.h"

G_BEGIN_DECLS

/* How a reply is held to JSON, as a provider calls it */
typedef enum
{
  CS_CHAT_FORM_PROMPT, /* "prompt": by words alone */
  CS_CHAT_FORM_OBJECT, /* "json_object" */
  CS_CHAT_FORM_SCHEMA, /* "json_schema" */
} CsChatForm;

/**
 * CsChatProfile:
 *
 * What a request to a provider looks like: the profile of its file in
 * data/providers, and what its refusals taught. The file's members, all of
 * which may be left out:
 *
 *     "json":      ["json_schema", "json_object", "prompt"]: what it takes, the best first
 *     "limit":     "max_tokens" or "max_completion_tokens"
 *     "output":    tokens that an answer may have
 *     "thinking":  {…}: members that keep a model from thinking aloud
 *     "extra":     {…}: members that are always there
 *     "leave_out": ["stream_options", …]: members that are never there
 *     "pictures":  {"most": 6, "form": "object" | "string", "detail": "auto", "tokens": 1024}
 *     "at_once":   requests at a time
 *     "find":      "ollama" | "lmstudio" | "llamacpp" | "models": how its models are listed
 */
typedef struct
{
  CsChatForm forms[3];
  guint      n_forms;
  guint      form;       /* the one of forms that is used */
  char      *limit;
  gint64     output;
  JsonNode  *thinking;   /* an object, or NULL */
  JsonNode  *extra;
  GPtrArray *leave_out;  /* (element-type utf8) */
  guint      most_pictures;
  gboolean   plain_urls; /* "image_url": "data:…" in place of an object */
  char      *detail;     /* or NULL */
  gint64     picture_tokens; /* at most, of one; 0 where nobody says */
  guint      at_once;

  char      *learned_for; /* address and model that it was learned of */
  guint      lessons;
} CsChatProfile;

CsChatProfile *cs_chat_profile_new (const char *json,
                                    const char *learned,
                                    const char *address,
                                    const char *model);
void           cs_chat_profile_free (CsChatProfile *self);
CsChatForm     cs_chat_profile_get_form (CsChatProfile *self);
gboolean       cs_chat_profile_leaves_out (CsChatProfile *self,
                                           const char    *member);
/* What a refusal says not to do again; pictures: how many were sent. FALSE where
 * there is nothing to be learned, and asking again would be of no use.
 */
gboolean       cs_chat_profile_learn (CsChatProfile     *self,
                                      const CsChatFault *fault,
                                      guint              pictures);
/* Canonical JSON, or NULL where nothing was learned */
char          *cs_chat_profile_dup_learned (CsChatProfile *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CsChatProfile, cs_chat_profile_free)

G_END_DECLS
