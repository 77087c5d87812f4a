/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "cs-field.h"

G_BEGIN_DECLS

#define CS_TYPE_DRAFTING (cs_drafting_get_type ())

/**
 * CsDrafting:
 *
 * A model writing about one product, as it can be watched: the texts so far.
 * They are for the eye only: what can be decided on is what is stored when the
 * reply is complete and was checked. Main thread. Texts are plain, one line of
 * a list a line, with control and direction characters taken out.
 *
 * Properties: product, engine (title), finished. Signal "written": a text grew.
 */
G_DECLARE_FINAL_TYPE (CsDrafting, cs_drafting, CS, DRAFTING, GObject)

CsDrafting *cs_drafting_new (gint64      product,
                             const char *engine);
gint64      cs_drafting_get_product (CsDrafting *self);
const char *cs_drafting_get_engine (CsDrafting *self);
/* photo 0 where the field is the product's; NULL where nothing was written yet */
const char *cs_drafting_get_text (CsDrafting *self,
                                  CsField     field,
                                  gint64      photo);
void        cs_drafting_set_text (CsDrafting *self,
                                  CsField     field,
                                  gint64      photo,
                                  const char *text);
void        cs_drafting_finish (CsDrafting *self);
gboolean    cs_drafting_is_finished (CsDrafting *self);

G_END_DECLS
