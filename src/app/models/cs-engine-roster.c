/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "cs-engine-roster.h"

struct _CsEngineRoster
{
  GObject parent_instance;

  CsEngines *engines; /* holds this one */
  GPtrArray *setups;
  char      *usual;
  char      *painter; /* of those that paint, the one that was asked last */
  guint      stamp;
};

G_DEFINE_FINAL_TYPE (CsEngineRoster, cs_engine_roster, G_TYPE_OBJECT)

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

typedef struct
{
  CsEngineRoster *self;
  guint           stamp;
} Question;

static void
question_free (gpointer data)
{
  Question *question = data;

  g_object_unref (question->self);
  g_free (question);
}

static DexFuture *
answered_cb (DexFuture *future,
             gpointer   data)
{
  Question       *question = data;
  CsEngineRoster *self = question->self;
  const GValue   *value = dex_future_get_value (future, NULL);

  if (value == NULL || question->stamp != self->stamp)
    return dex_future_new_false ();

  g_clear_pointer (&self->setups, g_ptr_array_unref);
  self->setups = g_ptr_array_ref (g_value_get_boxed (value));
  g_signal_emit (self, signals[CHANGED], 0);

  return dex_future_new_true ();
}

static void
read_setups (CsEngineRoster *self)
{
  Question *question = g_new0 (Question, 1);

  *question = (Question) { g_object_ref (self), ++self->stamp };
  dex_future_disown (dex_future_finally (cs_engines_list (self->engines), answered_cb, question, question_free));
}

static void
cs_engine_roster_finalize (GObject *object)
{
  CsEngineRoster *self = CS_ENGINE_ROSTER (object);

  g_clear_pointer (&self->setups, g_ptr_array_unref);
  g_clear_pointer (&self->usual, g_free);
  g_clear_pointer (&self->painter, g_free);

  G_OBJECT_CLASS (cs_engine_roster_parent_class)->finalize (object);
}

static void
cs_engine_roster_class_init (CsEngineRosterClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = cs_engine_roster_finalize;
  signals[CHANGED] = g_signal_new ("changed", CS_TYPE_ENGINE_ROSTER, G_SIGNAL_RUN_LAST,
                                   0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
cs_engine_roster_init (CsEngineRoster *self)
{
  self->setups = g_ptr_array_new ();
}

CsEngineRoster *
cs_engine_roster_get (CsEngines *engines)
{
  CsEngineRoster *self;

  if (engines == NULL)
    return NULL;

  self = g_object_get_data (G_OBJECT (engines), "cs-engine-roster");
  if (self == NULL)
    {
      self = g_object_new (CS_TYPE_ENGINE_ROSTER, NULL);
      self->engines = engines;
      g_object_set_data_full (G_OBJECT (engines), "cs-engine-roster", self, g_object_unref);
      g_signal_connect_object (engines, "changed", G_CALLBACK (read_setups), self, G_CONNECT_SWAPPED);
      read_setups (self);
    }

  return self;
}

guint
cs_engine_roster_get_n (CsEngineRoster *self)
{
  return self != NULL ? self->setups->len : 0;
}

CsEngineSetup *
cs_engine_roster_get_nth (CsEngineRoster *self,
                          guint           index)
{
  g_return_val_if_fail (CS_IS_ENGINE_ROSTER (self), NULL);

  return index < self->setups->len ? g_ptr_array_index (self->setups, index) : NULL;
}

CsEngineSetup *
cs_engine_roster_find (CsEngineRoster *self,
                       const char     *id)
{
  for (guint i = 0; i < cs_engine_roster_get_n (self); i++)
    {
      CsEngineSetup *setup = g_ptr_array_index (self->setups, i);

      if (g_strcmp0 (setup->id, id) == 0)
        return setup;
    }

  return NULL;
}

CsEngineSetup *
cs_engine_roster_get_usual (CsEngineRoster *self)
{
  CsEngineSetup *usual = self != NULL && self->usual != NULL ? cs_engine_roster_find (self, self->usual) : NULL;

  if (usual != NULL)
    return usual;

  for (guint i = 0; i < cs_engine_roster_get_n (self); i++)
    {
      CsEngineSetup *setup = g_ptr_array_index (self->setups, i);

      if (setup->kind == CS_ENGINE_WRITES)
        return setup;
    }

  return cs_engine_roster_get_n (self) > 0 ? g_ptr_array_index (self->setups, 0) : NULL;
}

CsEngineSetup *
cs_engine_roster_get_painter (CsEngineRoster *self)
{
  CsEngineSetup *painter = self != NULL && self->painter != NULL ? cs_engine_roster_find (self, self->painter) : NULL;

  for (guint i = 0; painter == NULL && i < cs_engine_roster_get_n (self); i++)
    {
      CsEngineSetup *setup = g_ptr_array_index (self->setups, i);

      if (setup->kind == CS_ENGINE_PICTURES)
        painter = setup;
    }

  return painter;
}

void
cs_engine_roster_set_usual (CsEngineRoster *self,
                            const char     *id)
{
  CsEngineSetup *setup = cs_engine_roster_find (self, id);

  if (self == NULL)
    return;

  if (setup != NULL && setup->kind == CS_ENGINE_PICTURES)
    g_set_str (&self->painter, id);
  if (g_set_str (&self->usual, id))
    g_signal_emit (self, signals[CHANGED], 0);
}

char *
cs_engine_roster_dup_name (CsEngineRoster *self,
                           const char     *engine)
{
  CsEngineSetup *setup;
  const char    *dot;

  if (g_strcmp0 (engine, "text") == 0 || g_strcmp0 (engine, "picture") == 0)
    return g_strdup (_("Countersign"));

  if ((setup = cs_engine_roster_find (self, engine)) == NULL || setup->title == NULL)
    return g_strdup (engine);

  dot = strstr (setup->title, " · ");

  return dot != NULL && dot > setup->title ? g_strndup (setup->title, dot - setup->title) : g_strdup (setup->title);
}
