/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "cs-engine-setups-private.h"

/* One that was removed stays as a row: its id stands with suggestions and with
 * what was sent, and never comes to mean another model.
 */

typedef struct
{
  CsEngineSetup *setup;
  char          *id;
  char          *address;
  char          *face;
  char          *learned;
  gboolean       texts;
  gboolean       photos;
} Args;

static void
args_free (gpointer data)
{
  Args *args = data;

  g_clear_pointer (&args->setup, cs_engine_setup_unref);
  g_free (args->id);
  g_free (args->address);
  g_free (args->face);
  g_free (args->learned);
  g_free (args);
}

/* What was agreed to stands for the address that it was said of */
#define SELECT_SETUP                                                                                    \
  "SELECT e.id, e.kind, e.provider, e.title, e.address, e.model, e.keyring, e.never_photos, e.currency," \
  "  e.price_input, e.price_output, e.price_picture, e.price_source, e.budget, e.at_once, e.learned, e.removed," \
  "  coalesce (c.texts, 0), coalesce (c.photos, 0)"                                                     \
  "  FROM engine_setup e LEFT JOIN consent c"                                                           \
  "    ON c.id = (SELECT max (id) FROM consent WHERE engine = e.id) AND c.address = e.address "

static CsEngineSetup *
read_setup (CsStmt *stmt)
{
  CsEngineSetup *setup = cs_engine_setup_new ();

  setup->id = cs_stmt_dup_text (stmt, 0);
  setup->kind = g_strcmp0 (cs_stmt_text (stmt, 1), "pictures") == 0 ? CS_ENGINE_PICTURES : CS_ENGINE_WRITES;
  setup->provider = cs_stmt_dup_text (stmt, 2);
  setup->title = cs_stmt_dup_text (stmt, 3);
  setup->address = cs_stmt_dup_text (stmt, 4);
  setup->model = cs_stmt_dup_text (stmt, 5);
  setup->has_key = cs_stmt_int64 (stmt, 6) != 0;
  setup->never_photos = cs_stmt_int64 (stmt, 7) != 0;
  g_strlcpy (setup->price.currency, cs_stmt_text (stmt, 8) != NULL ? cs_stmt_text (stmt, 8) : "", sizeof setup->price.currency);
  setup->price.input = cs_stmt_int64 (stmt, 9);
  setup->price.output = cs_stmt_int64 (stmt, 10);
  setup->price.picture = cs_stmt_int64 (stmt, 11);
  setup->price_source = cs_stmt_dup_text (stmt, 12);
  setup->budget = cs_stmt_int64 (stmt, 13);
  setup->at_once = CLAMP (cs_stmt_int64 (stmt, 14), 0, 1000);
  setup->learned = cs_stmt_dup_text (stmt, 15);
  setup->may_text = cs_stmt_int64 (stmt, 17) != 0;
  setup->may_photos = cs_stmt_int64 (stmt, 18) != 0;

  return setup;
}

CsEngineSetup *
cs_engine_setups_load (CsDb       *db,
                       const char *id,
                       gboolean   *removed,
                       GError    **error)
{
  g_autoptr (CsStmt) stmt = cs_db_prepare (db, SELECT_SETUP "WHERE e.id = :id");

  cs_stmt_bind (stmt, ":id", id);
  if (!cs_stmt_next (stmt, error))
    {
      if (cs_stmt_is_done (stmt))
        g_set_error (error, CS_ERROR, CS_ERROR_NOT_FOUND, _("There is no model “%s” here."), id);
      return NULL;
    }

  *removed = cs_stmt_int64 (stmt, 16) != 0;

  return read_setup (stmt);
}

static DexFuture *
list_setups (CsDb    *db,
             gpointer data)
{
  g_autoptr (CsStmt) stmt = cs_db_prepare (db, SELECT_SETUP "WHERE e.removed = 0 ORDER BY e.position");
  g_autoptr (GPtrArray) setups = g_ptr_array_new_with_free_func ((GDestroyNotify) cs_engine_setup_unref);
  g_autoptr (GError) error = NULL;

  while (cs_stmt_next (stmt, &error))
    g_ptr_array_add (setups, read_setup (stmt));

  if (!cs_stmt_is_done (stmt))
    return dex_future_new_for_error (g_steal_pointer (&error));

  return dex_future_new_take_boxed (G_TYPE_PTR_ARRAY, g_steal_pointer (&setups));
}

DexFuture *
cs_engine_setups_list (CsStore *store)
{
  dex_return_error_if_fail (CS_IS_STORE (store));

  return cs_store_read (store, list_setups, NULL, NULL);
}

static DexFuture *
get_setup (CsDb    *db,
           gpointer data)
{
  Args *args = data;
  g_autoptr (CsEngineSetup) setup = NULL;
  g_autoptr (GError) error = NULL;
  gboolean removed;

  if (!(setup = cs_engine_setups_load (db, args->id, &removed, &error)))
    return dex_future_new_for_error (g_steal_pointer (&error));

  return dex_future_new_take_boxed (CS_TYPE_ENGINE_SETUP, g_steal_pointer (&setup));
}

DexFuture *
cs_engine_setups_get (CsStore    *store,
                      const char *id)
{
  Args *args;

  dex_return_error_if_fail (CS_IS_STORE (store));
  dex_return_error_if_fail (id != NULL);

  args = g_new0 (Args, 1);
  args->id = g_strdup (id);

  return cs_store_read (store, get_setup, args, args_free);
}

/* The embedded engines have names too, which stand with suggestions */
static DexFuture *
find_id (CsDb    *db,
         gpointer data)
{
  Args *args = data;
  g_autoptr (GError) error = NULL;

  for (guint i = 1;; i++)
    {
      g_autofree char *id = i == 1 ? g_strdup (args->id) : g_strdup_printf ("%s-%u", args->id, i);
      g_autoptr (CsStmt) stmt =
        cs_db_prepare (db, "SELECT EXISTS (SELECT 1 FROM engine_setup WHERE id = :id) OR"
                           "       EXISTS (SELECT 1 FROM engine WHERE id = :id) OR :id IN ('text', 'picture')");
      gint64 found;

      cs_stmt_bind (stmt, ":id", id);
      if (!cs_stmt_find_int64 (stmt, &found, 0, &error))
        return dex_future_new_for_error (g_steal_pointer (&error));

      if (!found)
        return dex_future_new_take_string (g_steal_pointer (&id));
    }
}

DexFuture *
cs_engine_setups_find_id (CsStore    *store,
                          const char *provider)
{
  Args *args;

  dex_return_error_if_fail (CS_IS_STORE (store));
  dex_return_error_if_fail (provider != NULL);

  args = g_new0 (Args, 1);
  args->id = g_strdup (provider);

  return cs_store_read (store, find_id, args, args_free);
}

static gboolean
note_consent (CsDb       *db,
              const Args *args,
              GError    **error)
{
  g_autoptr (CsStmt) stmt =
    cs_db_prepare (db, "INSERT INTO consent (engine, address, texts, photos, face, made_at)"
                       "  VALUES (:engine, :address, :texts, :photos, :face, :now)");

  cs_stmt_bind (stmt, ":engine", args->id);
  cs_stmt_bind (stmt, ":address", args->address);
  cs_stmt_bind (stmt, ":texts", args->texts != FALSE);
  cs_stmt_bind (stmt, ":photos", args->texts && args->photos);
  cs_stmt_bind (stmt, ":face", args->face != NULL ? args->face : "");
  cs_stmt_bind (stmt, ":now", g_get_real_time ());

  return cs_stmt_run (stmt, error);
}

/* What was said of the former address is no word about the new one, and does not
 * come back with it either
 */
static gboolean
take_back (CsDb    *db,
           Args    *args,
           GError **error)
{
  g_autoptr (CsStmt) stmt =
    cs_db_prepare (db, "SELECT EXISTS (SELECT 1 FROM consent c WHERE c.id = (SELECT max (id) FROM consent WHERE engine = :id)"
                       "  AND c.texts = 1 AND c.address IS NOT :address)");
  gint64 stands;

  cs_stmt_bind (stmt, ":id", args->id);
  cs_stmt_bind (stmt, ":address", args->address);
  if (!cs_stmt_find_int64 (stmt, &stands, 0, error))
    return FALSE;

  return !stands || note_consent (db, args, error);
}

static DexFuture *
put_setup (CsDb    *db,
           gpointer data)
{
  Args                *args = data;
  const CsEngineSetup *setup = args->setup;
  g_autoptr (GError) error = NULL;
  g_autoptr (CsStmt) stmt =
    cs_db_prepare (db, "INSERT INTO engine_setup (id, position, kind, provider, title, address, model, keyring, never_photos,"
                       "    currency, price_input, price_output, price_picture, price_source, budget, at_once, learned)"
                       "  VALUES (:id, (SELECT coalesce (max (position), 0) + 1 FROM engine_setup), :kind, :provider, :title,"
                       "    :address, :model, :keyring, :never_photos, :currency, :input, :output, :picture, :source, :budget,"
                       "    :at_once, :learned)"
                       "  ON CONFLICT (id) DO UPDATE SET kind = :kind, provider = :provider, title = :title, address = :address,"
                       "    model = :model, keyring = :keyring, never_photos = :never_photos, currency = :currency,"
                       "    price_input = :input, price_output = :output, price_picture = :picture, price_source = :source,"
                       "    budget = :budget, at_once = :at_once, learned = :learned");

  cs_stmt_bind (stmt, ":id", setup->id);
  cs_stmt_bind (stmt, ":kind", cs_engine_kind_get_name (setup->kind));
  cs_stmt_bind (stmt, ":provider", setup->provider);
  cs_stmt_bind (stmt, ":title", setup->title);
  cs_stmt_bind (stmt, ":address", setup->address);
  cs_stmt_bind (stmt, ":model", setup->model);
  cs_stmt_bind (stmt, ":keyring", setup->has_key != FALSE);
  cs_stmt_bind (stmt, ":never_photos", setup->never_photos != FALSE);
  cs_stmt_bind (stmt, ":currency", (const char *) setup->price.currency);
  cs_stmt_bind (stmt, ":input", MAX (setup->price.input, CS_PRICE_UNKNOWN));
  cs_stmt_bind (stmt, ":output", MAX (setup->price.output, CS_PRICE_UNKNOWN));
  cs_stmt_bind (stmt, ":picture", MAX (setup->price.picture, CS_PRICE_UNKNOWN));
  cs_stmt_bind (stmt, ":source", setup->price_source);
  cs_stmt_bind (stmt, ":budget", MAX (setup->budget, (gint64) -1));
  cs_stmt_bind (stmt, ":at_once", MAX (setup->at_once, 0));
  cs_stmt_bind (stmt, ":learned", setup->learned);

  return cs_store_settle (cs_stmt_run (stmt, &error) && take_back (db, args, &error), &error);
}

DexFuture *
cs_engine_setups_put (CsStore       *store,
                      CsEngineSetup *setup,
                      const char    *face)
{
  Args *args;

  dex_return_error_if_fail (CS_IS_STORE (store));
  dex_return_error_if_fail (setup != NULL && setup->id != NULL && setup->provider != NULL && setup->title != NULL &&
                            setup->address != NULL && setup->model != NULL);

  args = g_new0 (Args, 1);
  args->setup = cs_engine_setup_ref (setup);
  args->id = g_strdup (setup->id);
  args->address = g_strdup (setup->address);
  args->face = g_strdup (face);

  return cs_store_write (store, put_setup, args, args_free);
}

static DexFuture *
run_with_id (CsDb       *db,
             const Args *args,
             const char *sql)
{
  g_autoptr (CsStmt) stmt = cs_db_prepare (db, sql);
  g_autoptr (GError) error = NULL;

  cs_stmt_bind (stmt, ":id", args->id);
  if (strstr (sql, ":learned") != NULL)
    cs_stmt_bind (stmt, ":learned", args->learned);
  if (!cs_stmt_run (stmt, &error))
    return dex_future_new_for_error (g_steal_pointer (&error));

  if (cs_db_changes (db) == 0)
    return dex_future_new_reject (CS_ERROR, CS_ERROR_NOT_FOUND, _("There is no model “%s” here."), args->id);

  return dex_future_new_true ();
}

static DexFuture *
remove_setup (CsDb    *db,
              gpointer data)
{
  return run_with_id (db, data, "UPDATE engine_setup SET removed = 1, keyring = 0 WHERE id = :id AND removed = 0");
}

DexFuture *
cs_engine_setups_remove (CsStore    *store,
                         const char *id)
{
  Args *args;

  dex_return_error_if_fail (CS_IS_STORE (store));
  dex_return_error_if_fail (id != NULL);

  args = g_new0 (Args, 1);
  args->id = g_strdup (id);

  return cs_store_write (store, remove_setup, args, args_free);
}

static DexFuture *
set_learned (CsDb    *db,
             gpointer data)
{
  return run_with_id (db, data, "UPDATE engine_setup SET learned = :learned WHERE id = :id");
}

DexFuture *
cs_engine_setups_set_learned (CsStore    *store,
                              const char *id,
                              const char *learned)
{
  Args *args;

  dex_return_error_if_fail (CS_IS_STORE (store));
  dex_return_error_if_fail (id != NULL);

  args = g_new0 (Args, 1);
  args->id = g_strdup (id);
  args->learned = g_strdup (learned);

  return cs_store_write (store, set_learned, args, args_free);
}

static DexFuture *
allow (CsDb    *db,
       gpointer data)
{
  Args *args = data;
  g_autoptr (CsEngineSetup) setup = NULL;
  g_autoptr (GError) error = NULL;
  gboolean removed;

  if (!(setup = cs_engine_setups_load (db, args->id, &removed, &error)))
    return dex_future_new_for_error (g_steal_pointer (&error));

  if (removed || g_strcmp0 (setup->address, args->address) != 0)
    return dex_future_new_reject (CS_ERROR, CS_ERROR_STALE, _("This has changed since it was shown. Look at it again."));

  return cs_store_settle (note_consent (db, args, &error), &error);
}

DexFuture *
cs_engine_setups_allow (CsStore    *store,
                        const char *id,
                        const char *address,
                        gboolean    texts,
                        gboolean    photos,
                        const char *face)
{
  Args *args;

  dex_return_error_if_fail (CS_IS_STORE (store));
  dex_return_error_if_fail (id != NULL && address != NULL);

  args = g_new0 (Args, 1);
  args->id = g_strdup (id);
  args->address = g_strdup (address);
  args->texts = texts;
  args->photos = photos;
  args->face = g_strdup (face);

  return cs_store_write (store, allow, args, args_free);
}
