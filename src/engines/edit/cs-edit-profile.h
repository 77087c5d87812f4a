/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * CsEditProfile:
 *
 * How a model that edits pictures wants to be asked: the profile of a provider's
 * "edit" part in data/providers.
 *
 *     {
 *       "dialect": "openai-json" | "openai-form" | "qwen" | "dashscope" | "seedream" | "gemini",
 *       "sizes": ["1024x1024", …],        what it makes; or
 *       "area": 1048576, "from": 512, "to": 2048, "step": 16,   any size of about that many pixels
 *       "mask": true,                     takes a mask
 *       "quality": "medium",              or nothing
 *       "language": "en" | "zh",          of the prompt
 *       "hosts": [".aliyuncs.com"],       where its results may be fetched from, beside its own address
 *       "seconds": 180, "poll": 3000      how long a picture may take; milliseconds between two questions
 *     }
 *
 * Anything else is left as it usually is: nothing of it is asserted.
 */
typedef struct
{
  char    *dialect;
  char   **sizes; /* NULL-terminated, "WxH" */
  int      area;
  int      from;
  int      to;
  int      step;
  gboolean mask;
  char    *quality; /* or NULL */
  char    *language;
  char   **hosts; /* NULL-terminated */
  guint    seconds;
  guint    poll;
} CsEditProfile;

CsEditProfile *cs_edit_profile_new (const char *json);
void           cs_edit_profile_free (CsEditProfile *self);
/* Of what it makes, the size nearest to this shape, width by height */
void           cs_edit_profile_choose_size (const CsEditProfile *self,
                                            double               aspect,
                                            int                 *width,
                                            int                 *height);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CsEditProfile, cs_edit_profile_free)

G_END_DECLS
