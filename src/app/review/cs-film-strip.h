/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "cs-review-queue.h"

G_BEGIN_DECLS

#define CS_TYPE_FILM_STRIP (cs_film_strip_get_type ())

/**
 * CsFilmStrip:
 *
 * The queue as a row of small pictures. Property queue; emits "chosen" (int64
 * product) when the person picks one.
 */
G_DECLARE_FINAL_TYPE (CsFilmStrip, cs_film_strip, CS, FILM_STRIP, AdwBin)

void cs_film_strip_set_current (CsFilmStrip *self,
                                gint64       product);

G_END_DECLS
