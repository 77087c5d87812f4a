/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "cs-chat-profile.h"
#include "cs-json.h"

#define USUAL_OUTPUT   3000
#define LEAST_OUTPUT   256
#define MOST_OUTPUT    32000
#define USUAL_PICTURES 4
#define MOST_PICTURES  16
#define MOST_LESSONS   8 /* what is never content is not asked for ever */

static const char *const form_names[] = { "prompt", "json_object", "json_schema" };

static gboolean
find_form (const char *name,
           CsChatForm *form)
{
  for (guint i = 0; name != NULL && i < G_N_ELEMENTS (form_names); i++)
    if (g_str_equal (form_names[i], name))
      {
        *form = i;
        return TRUE;
      }

  return FALSE;
}

static void
read_forms (CsChatProfile *self,
            JsonArray     *names)
{
  for (guint i = 0; names != NULL && i < json_array_get_length (names) && self->n_forms < G_N_ELEMENTS (self->forms); i++)
    if (find_form (cs_json_array_string (names, i), &self->forms[self->n_forms]))
      self->n_forms++;

  /* Words are always understood */
  if (self->n_forms == 0 || (self->forms[self->n_forms - 1] != CS_CHAT_FORM_PROMPT && self->n_forms < G_N_ELEMENTS (self->forms)))
    self->forms[self->n_forms++] = CS_CHAT_FORM_PROMPT;
}

static JsonNode *
dup_object (JsonObject *object,
            const char *member)
{
  return cs_json_object (object, member) != NULL ? json_node_copy (json_object_get_member (object, member)) : NULL;
}

static gboolean
leave_out (CsChatProfile *self,
           const char    *member)
{
  if (cs_chat_profile_leaves_out (self, member))
    return FALSE;

  g_ptr_array_add (self->leave_out, g_strdup (member));

  return TRUE;
}

static void
add_names (CsChatProfile *self,
           JsonArray     *names)
{
  for (guint i = 0; names != NULL && i < MIN (json_array_get_length (names), 32); i++)
    if (cs_json_array_string (names, i) != NULL)
      leave_out (self, cs_json_array_string (names, i));
}

static void
set_limit (CsChatProfile *self,
           const char    *name)
{
  g_set_str (&self->limit, g_strcmp0 (name, "max_completion_tokens") == 0 ? "max_completion_tokens" : "max_tokens");
}

static void
read_profile (CsChatProfile *self,
              JsonObject    *object)
{
  JsonObject *pictures = cs_json_object (object, "pictures");

  read_forms (self, cs_json_array (object, "json"));
  set_limit (self, cs_json_string (object, "limit", NULL));
  self->output = CLAMP (cs_json_int (object, "output", USUAL_OUTPUT), LEAST_OUTPUT, MOST_OUTPUT);
  self->thinking = dup_object (object, "thinking");
  self->extra = dup_object (object, "extra");
  add_names (self, cs_json_array (object, "leave_out"));
  self->most_pictures = CLAMP (cs_json_int (pictures, "most", USUAL_PICTURES), 0, MOST_PICTURES);
  self->plain_urls = g_strcmp0 (cs_json_string (pictures, "form", NULL), "string") == 0;
  self->detail = g_strdup (cs_json_string (pictures, "detail", NULL));
  self->picture_tokens = CLAMP (cs_json_int (pictures, "tokens", 0), 0, 100000);
  self->at_once = CLAMP (cs_json_int (object, "at_once", 2), 1, 32);
}

static void
read_learned (CsChatProfile *self,
              JsonObject    *object)
{
  CsChatForm form;

  /* Of another address or model nothing is known */
  if (g_strcmp0 (cs_json_string (object, "for", NULL), self->learned_for) != 0)
    return;

  if (find_form (cs_json_string (object, "form", NULL), &form))
    for (guint i = 0; i < self->n_forms; i++)
      if (self->forms[i] == form)
        self->form = i;
  if (cs_json_string (object, "limit", NULL) != NULL)
    set_limit (self, cs_json_string (object, "limit", NULL));
  add_names (self, cs_json_array (object, "leave_out"));
  self->most_pictures = CLAMP (cs_json_int (object, "pictures", self->most_pictures), 0, MOST_PICTURES);
  self->output = CLAMP (cs_json_int (object, "output", self->output), LEAST_OUTPUT, MOST_OUTPUT);
}

CsChatProfile *
cs_chat_profile_new (const char *json,
                     const char *learned,
                     const char *address,
                     const char *model)
{
  CsChatProfile *self = g_new0 (CsChatProfile, 1);
  g_autoptr (JsonNode) profile = json != NULL ? cs_json_parse (json, -1, NULL) : NULL;
  g_autoptr (JsonNode) lessons = learned != NULL ? cs_json_parse (learned, -1, NULL) : NULL;

  self->leave_out = g_ptr_array_new_with_free_func (g_free);
  self->learned_for = g_strdup_printf ("%s %s", address != NULL ? address : "", model != NULL ? model : "");
  read_profile (self, cs_json_node_object (profile));
  read_learned (self, cs_json_node_object (lessons));

  return self;
}

void
cs_chat_profile_free (CsChatProfile *self)
{
  g_free (self->limit);
  g_free (self->detail);
  g_free (self->learned_for);
  g_clear_pointer (&self->thinking, json_node_unref);
  g_clear_pointer (&self->extra, json_node_unref);
  g_ptr_array_unref (self->leave_out);
  g_free (self);
}

CsChatForm
cs_chat_profile_get_form (CsChatProfile *self)
{
  return self->forms[self->form];
}

gboolean
cs_chat_profile_leaves_out (CsChatProfile *self,
                            const char    *member)
{
  for (guint i = 0; i < self->leave_out->len; i++)
    if (g_str_equal (self->leave_out->pdata[i], member))
      return TRUE;

  return FALSE;
}

static gboolean
names_any (const CsChatFault *fault,
           const char *const *words)
{
  for (guint i = 0; words[i] != NULL; i++)
    if (cs_chat_fault_names (fault, words[i]))
      return TRUE;

  return FALSE;
}

/* A member of ours that is named: by itself, or by what it is about */
static gboolean
learn_members (CsChatProfile     *self,
               const CsChatFault *fault,
               JsonNode          *node,
               const char *const *words)
{
  JsonObject    *object = cs_json_node_object (node);
  JsonObjectIter iter;
  const char    *name;
  gboolean       about = words != NULL && names_any (fault, words);

  if (object == NULL)
    return FALSE;

  json_object_iter_init (&iter, object);
  while (json_object_iter_next (&iter, &name, NULL))
    if ((about || cs_chat_fault_names (fault, name)) && leave_out (self, name))
      return TRUE;

  return FALSE;
}

/* Numbers in a refusal that could be the most that is allowed; 0 where there is none below limit */
static gint64
find_most (const CsChatFault *fault,
           gint64             limit)
{
  gint64 most = 0;

  for (const char *at = fault->message != NULL ? fault->message : ""; *at != '\0'; at++)
    if (g_ascii_isdigit (*at))
      {
        char  *end;
        gint64 number = g_ascii_strtoll (at, &end, 10);

        if (number < limit && number > most)
          most = number;
        at = end - 1;
      }

  return most;
}

static gboolean
learn_limit (CsChatProfile     *self,
             const CsChatFault *fault)
{
  gboolean longer = g_str_equal (self->limit, "max_completion_tokens");
  gint64   most = find_most (fault, self->output);

  if (!cs_chat_fault_names (fault, "max_tokens") && !cs_chat_fault_names (fault, "max_completion_tokens") &&
      !cs_chat_fault_names (fault, "max_output_tokens"))
    return FALSE;

  if (!longer && cs_chat_fault_names (fault, "max_completion_tokens"))
    set_limit (self, "max_completion_tokens");
  else if (most >= LEAST_OUTPUT)
    self->output = most;
  else if (longer && cs_chat_fault_names (fault, "max_completion_tokens"))
    set_limit (self, "max_tokens");
  else
    return leave_out (self, self->limit);

  return TRUE;
}

static gboolean
learn_pictures (CsChatProfile     *self,
                const CsChatFault *fault,
                guint              pictures)
{
  static const char *const words[] = { "image", "vision", "multimodal", "mmproj", "picture", "图片", "图像", NULL };
  static const char *const counts[] = { "too many", "at most", "maximum", "最多", NULL };
  gint64 most;

  if (pictures == 0 || !names_any (fault, words))
    return FALSE;

  most = names_any (fault, counts) ? find_most (fault, pictures) : 0;
  self->most_pictures = most;

  return TRUE;
}

static gboolean
learn_form (CsChatProfile     *self,
            const CsChatFault *fault)
{
  static const char *const words[] = { "response_format", "json", "structured", "schema", "grammar", NULL };

  if (cs_chat_profile_get_form (self) == CS_CHAT_FORM_PROMPT || !names_any (fault, words) || self->form + 1 >= self->n_forms)
    return FALSE;

  self->form++;

  return TRUE;
}

gboolean
cs_chat_profile_learn (CsChatProfile     *self,
                       const CsChatFault *fault,
                       guint              pictures)
{
  static const char *const thinking[] = { "thinking", "reasoning", NULL };
  CsChatFaultKind kind = cs_chat_fault_get_kind (fault);
  gboolean        form_named = fault->param != NULL && g_str_has_prefix (fault->param, "response_format");
  gboolean        learned;

  if (self->lessons >= MOST_LESSONS)
    return FALSE;

  /* llama.cpp says 500, and OpenRouter 404, where only the pictures are too much */
  if (fault->status == 404 || fault->status == 500)
    learned = learn_pictures (self, fault, pictures);
  else if (kind != CS_CHAT_FAULT_PARAMETER && kind != CS_CHAT_FAULT_OTHER)
    return FALSE;
  else
    learned = (form_named && learn_form (self, fault)) ||
              learn_limit (self, fault) ||
              (cs_chat_fault_names (fault, "stream_options") && leave_out (self, "stream_options")) ||
              (cs_chat_fault_names (fault, "stream") && !cs_chat_fault_names (fault, "stream_options") && leave_out (self, "stream")) ||
              learn_members (self, fault, self->extra, NULL) ||
              learn_members (self, fault, self->thinking, thinking) ||
              learn_pictures (self, fault, pictures) ||
              learn_form (self, fault);

  self->lessons += learned;

  return learned;
}

char *
cs_chat_profile_dup_learned (CsChatProfile *self)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "for");
  json_builder_add_string_value (builder, self->learned_for);
  json_builder_set_member_name (builder, "form");
  json_builder_add_string_value (builder, form_names[cs_chat_profile_get_form (self)]);
  json_builder_set_member_name (builder, "limit");
  json_builder_add_string_value (builder, self->limit);
  json_builder_set_member_name (builder, "output");
  json_builder_add_int_value (builder, self->output);
  json_builder_set_member_name (builder, "pictures");
  json_builder_add_int_value (builder, self->most_pictures);
  json_builder_set_member_name (builder, "leave_out");
  json_builder_begin_array (builder);
  for (guint i = 0; i < self->leave_out->len; i++)
    json_builder_add_string_value (builder, self->leave_out->pdata[i]);
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);

  return cs_json_canonical (root);
}
