/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "cs-error.h"

G_BEGIN_DECLS

typedef struct _CsDb   CsDb;
typedef struct _CsStmt CsStmt;

/**
 * CsDbMode:
 * @CS_DB_CREATE: to write; made where there is none
 * @CS_DB_WRITE: to write
 * @CS_DB_READ: beside the process that writes
 * @CS_DB_LOOK: looks at a file that nobody has open, and leaves no file beside it
 */
typedef enum
{
  CS_DB_CREATE,
  CS_DB_WRITE,
  CS_DB_READ,
  CS_DB_LOOK,
} CsDbMode;

/* pages: how long the write-ahead log is now */
typedef void (*CsDbLogFunc) (int      pages,
                             gpointer data);

CsDb       *cs_db_open (const char *path,
                        CsDbMode    mode,
                        GError    **error);
void        cs_db_close (CsDb *self);
gboolean    cs_db_exec (CsDb       *self,
                        const char *sql,
                        GError    **error);
gboolean    cs_db_refuse_damage (const char *what,
                                 GError    **error);
const char *cs_db_get_message (CsDb *self);
gint64      cs_db_last_id (CsDb *self);
int         cs_db_changes (CsDb *self);
void        cs_db_set_signing (CsDb    *self,
                               gboolean signing);
void        cs_db_set_log_func (CsDb       *self,
                                CsDbLogFunc func,
                                gpointer    data);
void        cs_db_set_untouched (CsDb    *self,
                                 gboolean untouched);
gpointer    cs_db_get_data (CsDb *self);
void        cs_db_set_data (CsDb          *self,
                            gpointer       data,
                            GDestroyNotify data_destroy);
gboolean    cs_db_checkpoint (CsDb    *self,
                              gboolean whole,
                              GError **error);

CsStmt     *cs_db_prepare (CsDb       *self,
                           const char *sql);
void        cs_stmt_free (CsStmt *self);
void        cs_stmt_bind_int64 (CsStmt     *self,
                                const char *name,
                                gint64      value);
void        cs_stmt_bind_text (CsStmt     *self,
                               const char *name,
                               const char *value);
void        cs_stmt_bind_blob (CsStmt     *self,
                               const char *name,
                               GBytes     *value);
void        cs_stmt_rewind (CsStmt *self);
gboolean    cs_stmt_next (CsStmt  *self,
                          GError **error);
gboolean    cs_stmt_is_done (CsStmt *self);
gboolean    cs_stmt_run (CsStmt  *self,
                         GError **error);
gboolean    cs_stmt_find_int64 (CsStmt  *self,
                                gint64  *value,
                                gint64   otherwise,
                                GError **error);
gint64      cs_stmt_int64 (CsStmt *self,
                           int     column);
gboolean    cs_stmt_is_null (CsStmt *self,
                             int     column);
const char *cs_stmt_text (CsStmt *self,
                          int     column);
char       *cs_stmt_dup_text (CsStmt *self,
                              int     column);
GBytes     *cs_stmt_dup_blob (CsStmt *self,
                              int     column);

/* Picks the bind function from the C type, so a wrong one does not compile. */
/* clang-format off */
#define cs_stmt_bind(stmt, name, value)         \
  _Generic ((value),                            \
            int: cs_stmt_bind_int64,            \
            guint: cs_stmt_bind_int64,          \
            gint64: cs_stmt_bind_int64,         \
            char *: cs_stmt_bind_text,          \
            const char *: cs_stmt_bind_text,    \
            GBytes *: cs_stmt_bind_blob)        \
    (stmt, name, value)
/* clang-format on */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CsDb, cs_db_close)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CsStmt, cs_stmt_free)

G_END_DECLS
