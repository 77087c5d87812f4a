/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "cs-engine.h"

/* A product as a seller would enter it. @photos: file names, each perhaps with
 * its folder before a slash; @reading goes with the first photo.
 */
typedef struct
{
  const char *note;
  const char *title;
  const char *brand;
  const char *material;
  const char *size;
  const char *description;
  const char *photos[5];
  const char *reading;
} CsSample;

static inline CsEngineRequest *
cs_sample_request (const CsSample *sample)
{
  CsEngineRequest *request = cs_engine_request_new ();

  request->product = cs_product_new ();
  request->product->id = 7;
  request->product->values[CS_FIELD_NOTE] = g_strdup (sample->note);
  request->product->values[CS_FIELD_TITLE] = g_strdup (sample->title);
  request->product->values[CS_FIELD_BRAND] = g_strdup (sample->brand);
  request->product->values[CS_FIELD_MATERIAL] = g_strdup (sample->material);
  request->product->values[CS_FIELD_SIZE] = g_strdup (sample->size);
  request->product->values[CS_FIELD_DESCRIPTION] = g_strdup (sample->description);

  for (guint i = 0; i < G_N_ELEMENTS (sample->photos) && sample->photos[i] != NULL; i++)
    {
      g_autoptr (CsPhoto) photo = cs_photo_new ();
      const char *slash = strrchr (sample->photos[i], '/');

      photo->id = 100 + i;
      photo->position = i;
      photo->hash = g_strdup_printf ("%064u", i);
      photo->name = g_strdup (slash != NULL ? slash + 1 : sample->photos[i]);
      photo->folder = slash != NULL ? g_strndup (sample->photos[i], slash - sample->photos[i]) : NULL;
      cs_engine_request_take_photo (request, photo, -1, i == 0 ? g_strdup (sample->reading) : NULL, NULL);
    }

  return request;
}
