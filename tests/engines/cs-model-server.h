/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* The model server of the tests (model_server.py, where the dialects and quirks are
 * told) as a process that ends with this one. Wants CS_MODEL_SERVER in the
 * environment: the path of the script.
 */
typedef struct _CsModelServer CsModelServer;

CsModelServer *cs_model_server_new (void);
/* root: the dialect of addresses that name none ("ollama+blind"), or NULL; port 0 for any */
CsModelServer *cs_model_server_new_full (const char *root,
                                         guint       port);
void           cs_model_server_free (CsModelServer *self);
guint          cs_model_server_get_port (CsModelServer *self);
/* "http://127.0.0.1:PORT/<dialect>/v1"; dialect with its quirks: "qwen+cut=200" */
char          *cs_model_server_dup_address (CsModelServer *self,
                                            const char    *dialect);
/* What was received so far, in order: an array of objects, see model_server.py */
JsonArray     *cs_model_server_dup_requests (CsModelServer *self);
/* Requests so far whose path holds part; NULL for all */
guint          cs_model_server_count (CsModelServer *self,
                                      const char    *part);
/* All that was received so far as it stands in the log, to be searched */
char          *cs_model_server_dup_log (CsModelServer *self);
/* What became of the answers: objects with n, status, bytes, gone */
JsonArray     *cs_model_server_dup_ends (CsModelServer *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CsModelServer, cs_model_server_free)

G_END_DECLS
