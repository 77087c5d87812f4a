/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "cs-journal.h"
#include "cs-json.h"

struct _CsJournal
{
  GHashTable *done;      /* step → JsonNode of its detail */
  char       *open;      /* the step that nobody saw the end of, or NULL */
  char       *remote_id; /* as the last step told */
  char       *version;
  GPtrArray  *unknown;   /* steps, each time that nobody saw the end of one */
  GHashTable *strangers; /* ids there that a person said are not ours */
};

void
cs_journal_free (CsJournal *self)
{
  g_hash_table_unref (self->done);
  g_hash_table_unref (self->strangers);
  g_ptr_array_unref (self->unknown);
  g_free (self->open);
  g_free (self->remote_id);
  g_free (self->version);
  g_free (self);
}

static void
finish (CsJournal  *self,
        const char *step,
        JsonNode   *detail)
{
  JsonObject *object = cs_json_node_object (detail);
  const char *remote_id = cs_json_string (object, "remote_id", NULL);
  const char *version = cs_json_string (object, "version", NULL);

  g_hash_table_replace (self->done, g_strdup (step),
                        detail != NULL ? json_node_ref (detail) : json_node_new (JSON_NODE_NULL));
  if (remote_id != NULL)
    g_set_str (&self->remote_id, remote_id);
  if (version != NULL)
    g_set_str (&self->version, version);
  if (g_strcmp0 (self->open, step) == 0)
    g_clear_pointer (&self->open, g_free);
}

static void
note_strangers (CsJournal *self,
                JsonNode  *detail)
{
  JsonArray *ids = cs_json_array (cs_json_node_object (detail), "strangers");

  for (guint i = 0; ids != NULL && i < json_array_get_length (ids); i++)
    {
      const char *id = cs_json_array_string (ids, i);

      if (id != NULL)
        g_hash_table_add (self->strangers, g_strdup (id));
    }
}

/* What has to be known before anything else is sent. A picture, and what an
 * adapter has steps of its own for, is safe to repeat: it is sent again.
 */
static gboolean
is_looked_up (const char *step)
{
  static const char *const names[] = { "create", "update", "offer", "publish", "unpublish", "withdraw", NULL };

  return g_strv_contains (names, step);
}

/* What looking told about a step: that it happened, that it did not, or nothing */
static void
look (CsJournal  *self,
      const char *about,
      const char *outcome,
      JsonNode   *detail)
{
  g_autofree char *step = g_strdup (about);

  if (step == NULL || outcome == NULL)
    return;

  note_strangers (self, detail);
  if (g_str_equal (outcome, "found"))
    finish (self, step, detail);
  else if (g_str_equal (outcome, "not-found") && g_strcmp0 (self->open, step) == 0)
    g_clear_pointer (&self->open, g_free);
}

/**
 * cs_journal_add:
 * @outcome: as journalled; NULL where only the intent was
 *
 * Steps are added in the order in which they happened.
 */
void
cs_journal_add (CsJournal  *self,
                const char *step,
                const char *outcome,
                JsonNode   *detail)
{
  if (g_str_equal (step, "look-up"))
    look (self, "create", outcome, detail);
  else if (g_str_equal (step, "read-before"))
    look (self, self->open, outcome, detail);
  else if (outcome == NULL || g_str_equal (outcome, "unknown"))
    {
      g_ptr_array_add (self->unknown, g_strdup (step));
      if (is_looked_up (step))
        g_set_str (&self->open, step);
    }
  else if (g_str_equal (outcome, "done"))
    finish (self, step, detail);
  else if (g_strcmp0 (self->open, step) == 0)
    g_clear_pointer (&self->open, g_free);
}

CsJournal *
cs_journal_new (GPtrArray *steps)
{
  CsJournal *self = g_new0 (CsJournal, 1);

  self->done = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) json_node_unref);
  self->strangers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->unknown = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < steps->len; i++)
    {
      CsOutboxStep *step = steps->pdata[i];
      g_autoptr (JsonNode) detail = step->detail != NULL ? cs_json_parse (step->detail, -1, NULL) : NULL;

      if (step->step != NULL)
        cs_journal_add (self, step->step, step->outcome, detail);
    }

  return self;
}

gboolean
cs_journal_is_done (CsJournal  *self,
                    const char *step)
{
  return g_hash_table_contains (self->done, step);
}

/**
 * cs_journal_get_detail:
 *
 * Returns: (nullable): what a finished step yielded
 */
JsonObject *
cs_journal_get_detail (CsJournal  *self,
                       const char *step)
{
  return cs_json_node_object (g_hash_table_lookup (self->done, step));
}

const char *
cs_journal_get_open (CsJournal *self)
{
  return self->open;
}

const char *
cs_journal_get_remote_id (CsJournal *self)
{
  return self->remote_id;
}

guint
cs_journal_count_unknown (CsJournal  *self,
                          const char *step)
{
  gboolean is_prefix = g_str_has_suffix (step, ".");
  guint    n = 0;

  for (guint i = 0; i < self->unknown->len; i++)
    n += is_prefix ? g_str_has_prefix (self->unknown->pdata[i], step) : g_str_equal (self->unknown->pdata[i], step);

  return n;
}

gboolean
cs_journal_is_stranger (CsJournal  *self,
                        const char *remote_id)
{
  return remote_id != NULL && g_hash_table_contains (self->strangers, remote_id);
}

const char *
cs_journal_get_version (CsJournal *self)
{
  return self->version;
}
