/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "cs-wire.h"

G_BEGIN_DECLS

/* One request's work: the answer, and what goes beside it */
typedef struct
{
  const int   *fds; /* by CsWireFd; -1 where there is none */
  CsWireAnswer answer;
  GBytes      *payload;
  GBytes      *labels;
} CsWork;

void cs_work_do (CsWork              *self,
                 const CsWireRequest *request,
                 const int           *fds);
void cs_work_clear (CsWork *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CsWork, cs_work_clear)

G_END_DECLS
