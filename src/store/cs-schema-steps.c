/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "cs-schema.h"

/* The tables, as steps that are only ever appended: a step that was released is
 * never changed.
 *
 * Times are as in the records of the model, hashes are SHA-256 in hexadecimal, fields
 * and states stand by name. item.state and what is marked "derived" in product
 * follow from the rest and are kept in the same transaction (cs-progress.c).
 *
 * What a person decided and signed is only ever appended to. Triggers hold that
 * against a slip in our own SQL and against any other client: an id that is
 * there already is refused before a REPLACE could remove its row, and every
 * trigger calls cs_sha256() or cs_signing(), which only our connection has.
 * Whoever owns the file can drop a trigger; the release of an outbox row
 * therefore recomputes what it relies on.
 */

#define PRODUCTS                                                               \
  "CREATE TABLE product ("                                                     \
  "  id INTEGER PRIMARY KEY CHECK (id > 0),"                                   \
  "  key TEXT NOT NULL UNIQUE,"                                                \
  "  attributes TEXT,"                                                         \
  "  merged_into INTEGER REFERENCES product,"                                  \
  "  archived INTEGER NOT NULL DEFAULT 0 CHECK (archived IN (0, 1)),"          \
  "  facts INTEGER NOT NULL DEFAULT 1,"    /* goes up when what engines go by changes */ \
  "  revision INTEGER NOT NULL DEFAULT 1," /* goes up when what would go out changes */ \
  "  made_at INTEGER NOT NULL,"                                                \
  "  changed_at INTEGER NOT NULL,"                                             \
  /* derived */                                                                \
  "  stage INTEGER NOT NULL DEFAULT 0,"                                        \
  "  queue INTEGER NOT NULL DEFAULT 2,"    /* 0 pending, 1 put off, 2 nothing to review */ \
  "  n_pending INTEGER NOT NULL DEFAULT 0,"                                    \
  "  n_photos INTEGER NOT NULL DEFAULT 0,"                                     \
  "  seen INTEGER NOT NULL DEFAULT 0,"     /* engines that know it in its present form */ \
  "  touched INTEGER NOT NULL DEFAULT 0,"  /* goes up over all when one of stage, queue, archived changes */ \
  "  title TEXT,"                                                              \
  "  thumbnail TEXT,"                                                          \
  "  terms INTEGER NOT NULL DEFAULT 0"     /* a hash of what the index holds */ \
  ") STRICT;"                                                                  \
  "CREATE INDEX product_touched ON product (touched, id, stage, queue, archived);" \
  "CREATE TRIGGER product_came AFTER INSERT ON product"                        \
  "  BEGIN UPDATE product SET touched = 1 + (SELECT max (touched) FROM product) WHERE id = NEW.id; END;" \
  "CREATE TRIGGER product_moved AFTER UPDATE OF stage, queue, archived ON product" \
  "  BEGIN UPDATE product SET touched = 1 + (SELECT max (touched) FROM product) WHERE id = NEW.id; END;" \
  "CREATE INDEX product_seen ON product (seen, id) WHERE archived = 0;"        \
  "CREATE INDEX product_merged ON product (merged_into) WHERE merged_into IS NOT NULL;" \
  "CREATE TRIGGER product_stays BEFORE DELETE ON product"                      \
  "  WHEN cs_sha256 ('') IS NOT NULL"                                          \
  "  BEGIN SELECT RAISE (ABORT, 'products are never deleted'); END;"           \
  ""                                                                           \
  "CREATE TABLE stage_count (stage INTEGER PRIMARY KEY, n INTEGER NOT NULL) STRICT;" \
  "CREATE TRIGGER product_counted AFTER INSERT ON product WHEN NEW.archived = 0" \
  "  BEGIN"                                                                    \
  "    INSERT INTO stage_count VALUES (NEW.stage, 1)"                          \
  "      ON CONFLICT (stage) DO UPDATE SET n = n + 1;"                         \
  "  END;"                                                                     \
  "CREATE TRIGGER product_recounted AFTER UPDATE OF stage, archived ON product" \
  "  WHEN OLD.stage IS NOT NEW.stage OR OLD.archived IS NOT NEW.archived"      \
  "  BEGIN"                                                                    \
  "    UPDATE stage_count SET n = n - 1 WHERE stage = OLD.stage AND OLD.archived = 0;" \
  "    INSERT INTO stage_count SELECT NEW.stage, 1 WHERE NEW.archived = 0"     \
  "      ON CONFLICT (stage) DO UPDATE SET n = n + 1;"                         \
  "  END;"                                                                     \
  ""                                                                           \
  "CREATE TABLE product_value ("                                               \
  "  product INTEGER NOT NULL REFERENCES product,"                             \
  "  field TEXT NOT NULL,"                                                     \
  "  value TEXT NOT NULL,"                                                     \
  "  PRIMARY KEY (product, field)"                                             \
  ") STRICT, WITHOUT ROWID;"                                                   \
  "CREATE INDEX product_value_sku ON product_value (value) WHERE field = 'sku';" \
  ""                                                                           \
  /* Kept by an import before there is a product for it: then product is NULL */ \
  "CREATE TABLE photo ("                                                       \
  "  id INTEGER PRIMARY KEY CHECK (id > 0),"                                   \
  "  product INTEGER REFERENCES product,"                                      \
  "  position INTEGER NOT NULL DEFAULT 0,"                                     \
  "  hash TEXT NOT NULL UNIQUE,"                                               \
  "  thumbnail TEXT,"                                                          \
  "  name TEXT,"                                                               \
  "  folder TEXT,"                                                             \
  "  mime TEXT,"                                                               \
  "  width INTEGER NOT NULL,"                                                  \
  "  height INTEGER NOT NULL,"                                                 \
  "  taken_at INTEGER NOT NULL,"                                               \
  "  likeness INTEGER NOT NULL,"                                               \
  "  labels TEXT,"                                                             \
  "  finding TEXT"                                                             \
  ") STRICT;"                                                                  \
  "CREATE INDEX photo_product ON photo (product, position);"                   \
  "CREATE TRIGGER photo_stays BEFORE DELETE ON photo"                          \
  "  WHEN cs_sha256 ('') IS NOT NULL"                                          \
  "  BEGIN SELECT RAISE (ABORT, 'photos are never deleted'); END;"             \
  "CREATE TRIGGER photo_same BEFORE UPDATE OF id, hash ON photo"               \
  "  WHEN cs_sha256 ('') IS NOT NULL"                                          \
  "  BEGIN SELECT RAISE (ABORT, 'a photo stays what it is'); END;"             \
  "CREATE TRIGGER photo_new BEFORE INSERT ON photo"                            \
  "  WHEN cs_sha256 ('') IS NULL OR"                                           \
  "       EXISTS (SELECT 1 FROM photo WHERE id = NEW.id OR hash = NEW.hash)"   \
  "  BEGIN SELECT RAISE (ABORT, 'this photo is here already'); END;"           \
  ""                                                                           \
  "CREATE TABLE variant ("                                                     \
  "  id INTEGER PRIMARY KEY,"                                                  \
  "  product INTEGER NOT NULL REFERENCES product,"                             \
  "  position INTEGER NOT NULL,"                                               \
  "  options TEXT NOT NULL,"                                                   \
  "  sku TEXT,"                                                                \
  "  price TEXT,"                                                              \
  "  stock INTEGER NOT NULL,"                                                  \
  "  photo INTEGER REFERENCES photo"                                           \
  ") STRICT;"                                                                  \
  "CREATE INDEX variant_product ON variant (product, position);"               \
  "CREATE INDEX variant_photo ON variant (photo) WHERE photo IS NOT NULL;"     \
  "CREATE INDEX variant_sku ON variant (sku) WHERE sku IS NOT NULL;"           \
  ""                                                                           \
  "CREATE TABLE reading ("                                                     \
  "  hash TEXT PRIMARY KEY,"                                                   \
  "  version INTEGER NOT NULL,"                                                \
  "  reading TEXT NOT NULL"                                                    \
  ") STRICT, WITHOUT ROWID;"                                                   \
  ""                                                                           \
  /* The tokens of cs_text_search_terms(); the text itself stands elsewhere */ \
  "CREATE VIRTUAL TABLE search USING fts5 (terms, content = '', contentless_delete = 1," \
  "  prefix = '1 2 3', tokenize = 'unicode61 remove_diacritics 0');"

#define REVIEW                                                                 \
  /* One thing to decide on; photo 0 where it is the product's own. The items */ \
  /* of a photo go with it when it moves. */                                   \
  "CREATE TABLE item ("                                                        \
  "  id INTEGER PRIMARY KEY,"                                                  \
  "  product INTEGER NOT NULL REFERENCES product,"                             \
  "  photo INTEGER NOT NULL,"                                                  \
  "  field TEXT NOT NULL,"                                                     \
  "  state TEXT NOT NULL,"                                                     \
  "  decision INTEGER REFERENCES decision," /* the one that stands */          \
  "  UNIQUE (product, photo, field)"                                           \
  ") STRICT;"                                                                  \
  "CREATE INDEX item_photo ON item (photo) WHERE photo <> 0;"                  \
  ""                                                                           \
  "CREATE TABLE suggestion ("                                                  \
  "  id INTEGER PRIMARY KEY CHECK (id > 0),"                                   \
  "  item INTEGER NOT NULL REFERENCES item,"                                   \
  "  engine TEXT NOT NULL,"                                                    \
  "  variant INTEGER NOT NULL,"                                                \
  "  is_question INTEGER NOT NULL,"                                            \
  "  text TEXT,"                                                               \
  "  language TEXT,"                                                           \
  "  evidence TEXT,"                                                           \
  "  remarks TEXT,"                                                            \
  "  picture TEXT,"                                                            \
  "  settings TEXT,"                                                           \
  "  hash TEXT NOT NULL,"                                                      \
  "  input TEXT,"                                                              \
  "  made_at INTEGER NOT NULL,"                                                \
  /* "reserve": came while a decision stood, and becomes current when it is taken back */ \
  "  standing TEXT NOT NULL CHECK (standing IN ('current', 'reserve', 'superseded'))" \
  ") STRICT;"                                                                  \
  "CREATE INDEX suggestion_standing ON suggestion (item, standing, variant);" \
  "CREATE TRIGGER suggestion_frozen BEFORE UPDATE OF id, item, engine, variant, is_question, text, language," \
  "  evidence, remarks, picture, settings, hash, input, made_at ON suggestion" \
  "  BEGIN SELECT RAISE (ABORT, 'a suggestion stays as it was made'); END;"    \
  ""                                                                           \
  "CREATE TABLE engine (id TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;"           \
  "CREATE TABLE engine_run ("                                                  \
  "  product INTEGER NOT NULL REFERENCES product,"                             \
  "  engine TEXT NOT NULL REFERENCES engine,"                                  \
  "  input TEXT,"                                                              \
  "  facts INTEGER NOT NULL,"                                                  \
  "  made_at INTEGER NOT NULL,"                                                \
  "  PRIMARY KEY (product, engine)"                                            \
  ") STRICT, WITHOUT ROWID;"                                                   \
  ""                                                                           \
  "CREATE TABLE decision ("                                                    \
  "  id INTEGER PRIMARY KEY CHECK (id > 0),"                                   \
  "  item INTEGER NOT NULL REFERENCES item,"                                   \
  "  product INTEGER NOT NULL REFERENCES product,"                             \
  "  photo INTEGER NOT NULL,"                                                  \
  "  field TEXT NOT NULL,"                                                     \
  "  verdict TEXT NOT NULL CHECK (verdict IN ('accept', 'edit', 'reject', 'later', 'undo'))," \
  "  suggestion INTEGER REFERENCES suggestion,"                                \
  "  shown TEXT,"                                                              \
  "  value TEXT,"                                                              \
  "  undoes INTEGER REFERENCES decision,"                                      \
  "  press INTEGER NOT NULL," /* the group: what one key press decided */      \
  "  face TEXT NOT NULL,"                                                      \
  "  made_at INTEGER NOT NULL,"                                                \
  "  CHECK ((verdict = 'undo') = (undoes IS NOT NULL))"                        \
  ") STRICT;"                                                                  \
  "CREATE INDEX decision_item ON decision (item, id);"                         \
  "CREATE INDEX decision_product ON decision (product, id);"                   \
  "CREATE INDEX decision_press ON decision (press);"                           \
  "CREATE UNIQUE INDEX decision_undoes ON decision (undoes) WHERE undoes IS NOT NULL;" \
  "CREATE INDEX decision_suggestion ON decision (suggestion) WHERE suggestion IS NOT NULL;" \
  "CREATE TRIGGER decision_new BEFORE INSERT ON decision"                      \
  "  WHEN cs_sha256 ('') IS NULL OR"                                           \
  "       EXISTS (SELECT 1 FROM decision WHERE id = NEW.id) OR"                \
  "       EXISTS (SELECT 1 FROM decision WHERE undoes = NEW.undoes)"           \
  "  BEGIN SELECT RAISE (ABORT, 'decisions are only appended'); END;"          \
  "CREATE TRIGGER decision_same BEFORE UPDATE ON decision WHEN cs_sha256 ('') IS NOT NULL" \
  "  BEGIN SELECT RAISE (ABORT, 'decisions are never changed'); END;"          \
  "CREATE TRIGGER decision_stays BEFORE DELETE ON decision WHEN cs_sha256 ('') IS NOT NULL" \
  "  BEGIN SELECT RAISE (ABORT, 'decisions are never deleted'); END;"

#define CHANNELS                                                               \
  "CREATE TABLE account ("                                                     \
  "  id INTEGER PRIMARY KEY CHECK (id > 0),"                                   \
  "  channel TEXT NOT NULL,"                                                   \
  "  name TEXT NOT NULL,"                                                      \
  "  address TEXT NOT NULL,"                                                   \
  "  currency TEXT NOT NULL,"                                                  \
  "  profile TEXT,"                                                            \
  "  message TEXT,"                                                            \
  "  paused_until INTEGER NOT NULL"                                            \
  ") STRICT;"                                                                  \
  ""                                                                           \
  "CREATE TABLE remote_listing ("                                              \
  "  account INTEGER NOT NULL REFERENCES account,"                             \
  "  remote_id TEXT NOT NULL,"                                                 \
  "  product INTEGER REFERENCES product,"                                      \
  "  key TEXT,"                                                                \
  "  sku TEXT,"                                                                \
  "  version TEXT,"                                                            \
  "  url TEXT,"                                                                \
  "  live INTEGER NOT NULL,"                                                   \
  "  title TEXT,"                                                              \
  "  description TEXT,"                                                        \
  "  price TEXT,"                                                              \
  "  body TEXT,"                                                               \
  "  pictures TEXT,"                                                           \
  "  pulled_at INTEGER NOT NULL,"                                              \
  "  PRIMARY KEY (account, remote_id)"                                         \
  ") STRICT;"                                                                  \
  "CREATE INDEX remote_listing_product ON remote_listing (product, account);"

#define SIGNATURES                                                             \
  "CREATE TABLE payload ("                                                     \
  "  hash TEXT PRIMARY KEY,"                                                   \
  "  bytes BLOB NOT NULL"                                                      \
  ") STRICT, WITHOUT ROWID;"                                                   \
  "CREATE TRIGGER payload_new BEFORE INSERT ON payload"                        \
  "  WHEN cs_sha256 (NEW.bytes) IS NOT NEW.hash OR"                            \
  "       EXISTS (SELECT 1 FROM payload WHERE hash = NEW.hash)"                \
  "  BEGIN SELECT RAISE (ABORT, 'payloads are only appended, each under its hash'); END;" \
  "CREATE TRIGGER payload_same BEFORE UPDATE ON payload WHEN cs_sha256 ('') IS NOT NULL" \
  "  BEGIN SELECT RAISE (ABORT, 'payloads are never changed'); END;"           \
  "CREATE TRIGGER payload_stays BEFORE DELETE ON payload WHEN cs_sha256 ('') IS NOT NULL" \
  "  BEGIN SELECT RAISE (ABORT, 'payloads are never deleted'); END;"           \
  ""                                                                           \
  "CREATE TABLE approval ("                                                    \
  "  id INTEGER PRIMARY KEY CHECK (id > 0),"                                   \
  "  product INTEGER NOT NULL REFERENCES product,"                             \
  "  account INTEGER NOT NULL REFERENCES account,"                             \
  "  payload TEXT NOT NULL REFERENCES payload,"                                \
  "  revision INTEGER NOT NULL," /* the product's, when it was signed */       \
  "  face TEXT NOT NULL,"                                                      \
  "  made_at INTEGER NOT NULL"                                                 \
  ") STRICT;"                                                                  \
  "CREATE INDEX approval_product ON approval (product, account, id);"          \
  "CREATE INDEX approval_payload ON approval (payload);"                       \
  "CREATE TRIGGER approval_new BEFORE INSERT ON approval"                      \
  "  WHEN cs_signing () IS NOT 1 OR"                                           \
  "       EXISTS (SELECT 1 FROM approval WHERE id = NEW.id) OR"                \
  "       NOT EXISTS (SELECT 1 FROM payload WHERE hash = NEW.payload AND cs_sha256 (bytes) = hash)" \
  "  BEGIN SELECT RAISE (ABORT, 'only a person approves'); END;"               \
  "CREATE TRIGGER approval_same BEFORE UPDATE ON approval WHEN cs_sha256 ('') IS NOT NULL" \
  "  BEGIN SELECT RAISE (ABORT, 'approvals are never changed'); END;"          \
  "CREATE TRIGGER approval_stays BEFORE DELETE ON approval WHEN cs_sha256 ('') IS NOT NULL" \
  "  BEGIN SELECT RAISE (ABORT, 'approvals are never deleted'); END;"          \
  ""                                                                           \
  "CREATE TABLE approval_void ("                                               \
  "  approval INTEGER PRIMARY KEY REFERENCES approval,"                        \
  "  reason TEXT NOT NULL,"                                                    \
  "  made_at INTEGER NOT NULL"                                                 \
  ") STRICT;"                                                                  \
  "CREATE TRIGGER approval_void_new BEFORE INSERT ON approval_void"            \
  "  WHEN cs_sha256 ('') IS NULL OR"                                           \
  "       EXISTS (SELECT 1 FROM approval_void WHERE approval = NEW.approval)"  \
  "  BEGIN SELECT RAISE (ABORT, 'what voids an approval is only appended'); END;" \
  "CREATE TRIGGER approval_void_same BEFORE UPDATE ON approval_void WHEN cs_sha256 ('') IS NOT NULL" \
  "  BEGIN SELECT RAISE (ABORT, 'what voids an approval is never changed'); END;" \
  "CREATE TRIGGER approval_void_stays BEFORE DELETE ON approval_void WHEN cs_sha256 ('') IS NOT NULL" \
  "  BEGIN SELECT RAISE (ABORT, 'what voids an approval is never deleted'); END;"

#define OUTBOX                                                                 \
  "CREATE TABLE outbox ("                                                      \
  "  id INTEGER PRIMARY KEY CHECK (id > 0),"                                   \
  "  approval INTEGER NOT NULL UNIQUE REFERENCES approval,"                    \
  "  account INTEGER NOT NULL REFERENCES account,"                             \
  "  product INTEGER NOT NULL REFERENCES product,"                             \
  "  payload TEXT NOT NULL REFERENCES payload,"                                \
  "  operation TEXT NOT NULL,"                                                 \
  "  state TEXT NOT NULL CHECK (state IN ('ready', 'sending', 'unknown', 'waiting', 'done'," \
  "    'differs', 'failed', 'sign-in', 'conflict', 'voided')),"                \
  "  attempts INTEGER NOT NULL DEFAULT 0,"                                     \
  "  next_at INTEGER NOT NULL DEFAULT 0,"                                      \
  "  remote_id TEXT,"                                                          \
  "  url TEXT,"                                                                \
  "  message TEXT,"                                                            \
  "  changed_at INTEGER NOT NULL"                                              \
  ") STRICT;"                                                                  \
  "CREATE INDEX outbox_product ON outbox (product, account, id);"              \
  "CREATE INDEX outbox_account ON outbox (account, id);"                       \
  "CREATE INDEX outbox_open ON outbox (account, id) WHERE state NOT IN ('done', 'differs', 'voided');" \
  "CREATE TRIGGER outbox_new BEFORE INSERT ON outbox"                          \
  "  WHEN cs_sha256 ('') IS NULL OR NEW.state IS NOT 'ready' OR"               \
  "       EXISTS (SELECT 1 FROM outbox WHERE id = NEW.id OR approval = NEW.approval) OR" \
  "       EXISTS (SELECT 1 FROM approval_void WHERE approval = NEW.approval) OR" \
  "       NOT EXISTS (SELECT 1 FROM approval WHERE id = NEW.approval AND product = NEW.product" \
  "                     AND account = NEW.account AND payload = NEW.payload)"  \
  "  BEGIN SELECT RAISE (ABORT, 'nothing is sent that was not approved'); END;" \
  "CREATE TRIGGER outbox_same BEFORE UPDATE ON outbox"                         \
  "  WHEN cs_sha256 ('') IS NULL OR NEW.id IS NOT OLD.id OR NEW.approval IS NOT OLD.approval OR" \
  "       NEW.account IS NOT OLD.account OR NEW.product IS NOT OLD.product OR" \
  "       NEW.payload IS NOT OLD.payload OR NEW.operation IS NOT OLD.operation" \
  "  BEGIN SELECT RAISE (ABORT, 'what was approved stays what it was'); END;"  \
  "CREATE TRIGGER outbox_stays BEFORE DELETE ON outbox WHEN cs_sha256 ('') IS NOT NULL" \
  "  BEGIN SELECT RAISE (ABORT, 'the outbox is never cleared'); END;"          \
  ""                                                                           \
  "CREATE TABLE outbox_step ("                                                 \
  "  id INTEGER PRIMARY KEY CHECK (id > 0),"                                   \
  "  entry INTEGER NOT NULL REFERENCES outbox,"                                \
  "  step TEXT NOT NULL,"                                                      \
  "  body TEXT,"                                                               \
  "  outcome TEXT,"                                                            \
  "  detail TEXT,"                                                             \
  "  begun_at INTEGER NOT NULL,"                                               \
  "  ended_at INTEGER NOT NULL DEFAULT 0,"                                     \
  "  CHECK ((outcome IS NULL) = (ended_at = 0))"                               \
  ") STRICT;"                                                                  \
  "CREATE INDEX outbox_step_entry ON outbox_step (entry, id);"                 \
  "CREATE TRIGGER outbox_step_new BEFORE INSERT ON outbox_step"                \
  "  WHEN cs_sha256 ('') IS NULL OR NEW.outcome IS NOT NULL OR NEW.detail IS NOT NULL OR" \
  "       EXISTS (SELECT 1 FROM outbox_step WHERE id = NEW.id)"                \
  "  BEGIN SELECT RAISE (ABORT, 'steps are only appended, the intent first'); END;" \
  "CREATE TRIGGER outbox_step_same BEFORE UPDATE ON outbox_step"               \
  "  WHEN cs_sha256 ('') IS NULL OR OLD.outcome IS NOT NULL OR NEW.outcome IS NULL OR" \
  "       NEW.id IS NOT OLD.id OR NEW.entry IS NOT OLD.entry OR NEW.step IS NOT OLD.step OR" \
  "       NEW.body IS NOT OLD.body OR NEW.begun_at IS NOT OLD.begun_at"        \
  "  BEGIN SELECT RAISE (ABORT, 'a step has one outcome'); END;"               \
  "CREATE TRIGGER outbox_step_stays BEFORE DELETE ON outbox_step WHEN cs_sha256 ('') IS NOT NULL" \
  "  BEGIN SELECT RAISE (ABORT, 'steps are never deleted'); END;"

#define IMPORTS                                                                \
  "CREATE TABLE import_batch ("                                                \
  "  id INTEGER PRIMARY KEY CHECK (id > 0),"                                   \
  "  made_at INTEGER NOT NULL"                                                 \
  ") STRICT;"                                                                  \
  "CREATE TABLE import_item ("                                                 \
  "  id INTEGER PRIMARY KEY CHECK (id > 0),"                                   \
  "  batch INTEGER NOT NULL REFERENCES import_batch,"                          \
  "  path BLOB NOT NULL,"                                                      \
  "  folder TEXT,"                                                             \
  "  state TEXT NOT NULL CHECK (state IN ('pending', 'kept', 'done', 'twin', 'failed'))," \
  "  reason TEXT,"                                                             \
  "  photo INTEGER REFERENCES photo"                                           \
  ") STRICT;"                                                                  \
  "CREATE INDEX import_item_batch ON import_item (batch, id);"                 \
  "CREATE INDEX import_item_open ON import_item (batch) WHERE state IN ('pending', 'kept');" \
  "CREATE INDEX import_item_photo ON import_item (photo) WHERE photo IS NOT NULL;" \
  ""                                                                           \
  "CREATE TABLE setting ("                                                     \
  "  name TEXT PRIMARY KEY,"                                                   \
  "  value TEXT NOT NULL"                                                      \
  ") STRICT, WITHOUT ROWID;"

/* Step 2: pictures are measured. Those of before were not: they are made anew,
 * which a run that never was brings about; where one was decided on, the new one
 * waits in reserve. From here on product.queue is -1 too: look here first.
 */
#define RECEIPTS                                                               \
  "ALTER TABLE suggestion ADD COLUMN receipt TEXT;"                            \
  "ALTER TABLE suggestion ADD COLUMN mask TEXT;"                               \
  "ALTER TABLE suggestion ADD COLUMN abstains INTEGER NOT NULL DEFAULT 0;"     \
  "DROP TRIGGER suggestion_frozen;"                                            \
  "CREATE TRIGGER suggestion_frozen BEFORE UPDATE OF id, item, engine, variant, is_question, text, language," \
  "  evidence, remarks, picture, settings, hash, input, made_at, receipt, mask, abstains ON suggestion" \
  "  BEGIN SELECT RAISE (ABORT, 'a suggestion stays as it was made'); END;"    \
  ""                                                                           \
  /* Where a network found the product in a photo, so that each is asked once */ \
  "CREATE TABLE cutout ("                                                      \
  "  photo TEXT NOT NULL,"                                                     \
  "  network TEXT NOT NULL,"                                                   \
  "  mask TEXT NOT NULL,"                                                      \
  "  sure INTEGER NOT NULL CHECK (sure IN (0, 1)),"                            \
  "  sentence TEXT,"                                                           \
  "  PRIMARY KEY (photo, network)"                                             \
  ") STRICT, WITHOUT ROWID;"                                                   \
  ""                                                                           \
  "CREATE TRIGGER decision_true BEFORE INSERT ON decision"                     \
  "  WHEN NEW.field = 'picture' AND NEW.verdict = 'accept' AND NOT EXISTS"     \
  "    (SELECT 1 FROM suggestion WHERE id = NEW.suggestion AND json_valid (receipt)" \
  "       AND json_extract (receipt, '$.within') = 1 AND json_extract (receipt, '$.picture') = picture)" \
  "  BEGIN SELECT RAISE (ABORT, 'a picture that changes its product is not accepted'); END;" \
  ""                                                                           \
  "DELETE FROM engine_run WHERE engine = 'picture';"                           \
  "UPDATE product SET seen ="                                                  \
  "  (SELECT count(*) FROM engine_run r WHERE r.product = product.id AND r.facts = product.facts)"

/* Step 3: models that the seller added, what they may be sent, and everything
 * that they were. Amounts are micros (see CsPrice), -1 where nobody knows. What a
 * person agreed to and what was sent are only ever appended to: a row of sent is
 * the intent, on disk before anything goes, and gets one outcome.
 */
#define ENGINES                                                                \
  "CREATE TABLE engine_setup ("                                                \
  "  id TEXT PRIMARY KEY,"                                                     \
  "  position INTEGER NOT NULL UNIQUE,"                                        \
  "  kind TEXT NOT NULL CHECK (kind IN ('writes', 'pictures')),"               \
  "  provider TEXT NOT NULL,"                                                  \
  "  title TEXT NOT NULL,"                                                     \
  "  address TEXT NOT NULL,"                                                   \
  "  model TEXT NOT NULL,"                                                     \
  "  keyring INTEGER NOT NULL CHECK (keyring IN (0, 1))," /* its key is there; never here */ \
  "  never_photos INTEGER NOT NULL CHECK (never_photos IN (0, 1)),"            \
  "  currency TEXT NOT NULL,"                                                  \
  "  price_input INTEGER NOT NULL CHECK (price_input >= -1),"                  \
  "  price_output INTEGER NOT NULL CHECK (price_output >= -1),"                \
  "  price_picture INTEGER NOT NULL CHECK (price_picture >= -1),"              \
  "  price_source TEXT,"                                                       \
  "  budget INTEGER NOT NULL CHECK (budget >= -1),"                            \
  "  at_once INTEGER NOT NULL CHECK (at_once >= 0),"                           \
  "  learned TEXT,"                                                            \
  "  removed INTEGER NOT NULL DEFAULT 0 CHECK (removed IN (0, 1))"             \
  ") STRICT, WITHOUT ROWID;"                                                   \
  "CREATE TRIGGER engine_setup_same BEFORE UPDATE OF id ON engine_setup"       \
  "  BEGIN SELECT RAISE (ABORT, 'an engine keeps its name'); END;"             \
  "CREATE TRIGGER engine_setup_stays BEFORE DELETE ON engine_setup WHEN cs_sha256 ('') IS NOT NULL" \
  "  BEGIN SELECT RAISE (ABORT, 'engines are never deleted'); END;"            \
  ""                                                                           \
  /* The last one of an engine stands, and for its address alone */            \
  "CREATE TABLE consent ("                                                     \
  "  id INTEGER PRIMARY KEY CHECK (id > 0),"                                   \
  "  engine TEXT NOT NULL REFERENCES engine_setup,"                            \
  "  address TEXT NOT NULL,"                                                   \
  "  texts INTEGER NOT NULL CHECK (texts IN (0, 1)),"                          \
  "  photos INTEGER NOT NULL CHECK (photos IN (0, 1)),"                        \
  "  face TEXT NOT NULL,"                                                      \
  "  made_at INTEGER NOT NULL"                                                 \
  ") STRICT;"                                                                  \
  "CREATE INDEX consent_engine ON consent (engine, id);"                       \
  "CREATE TRIGGER consent_new BEFORE INSERT ON consent"                        \
  "  WHEN cs_sha256 ('') IS NULL OR EXISTS (SELECT 1 FROM consent WHERE id = NEW.id)" \
  "  BEGIN SELECT RAISE (ABORT, 'what was agreed to is only appended'); END;"  \
  "CREATE TRIGGER consent_same BEFORE UPDATE ON consent WHEN cs_sha256 ('') IS NOT NULL" \
  "  BEGIN SELECT RAISE (ABORT, 'what was agreed to is never changed'); END;"  \
  "CREATE TRIGGER consent_stays BEFORE DELETE ON consent WHEN cs_sha256 ('') IS NOT NULL" \
  "  BEGIN SELECT RAISE (ABORT, 'what was agreed to is never deleted'); END;"  \
  ""                                                                           \
  /* What a person asked for at once, so that it can be gone on with */        \
  "CREATE TABLE asked ("                                                       \
  "  id INTEGER PRIMARY KEY CHECK (id > 0),"                                   \
  "  engine TEXT NOT NULL REFERENCES engine_setup,"                            \
  "  budget INTEGER NOT NULL CHECK (budget >= -1),"                            \
  "  settings TEXT,"                                                           \
  "  made_at INTEGER NOT NULL"                                                 \
  ") STRICT;"                                                                  \
  "CREATE TABLE asked_product ("                                               \
  "  batch INTEGER NOT NULL REFERENCES asked,"                                 \
  "  position INTEGER NOT NULL,"                                               \
  "  product INTEGER NOT NULL REFERENCES product,"                             \
  "  state TEXT NOT NULL CHECK (state IN ('open', 'done', 'failed', 'dropped'))," \
  "  message TEXT,"                                                            \
  "  PRIMARY KEY (batch, position)"                                            \
  ") STRICT, WITHOUT ROWID;"                                                   \
  "CREATE INDEX asked_product_open ON asked_product (product) WHERE state = 'open';" \
  ""                                                                           \
  "CREATE TABLE sent ("                                                        \
  "  id INTEGER PRIMARY KEY CHECK (id > 0),"                                   \
  "  engine TEXT NOT NULL REFERENCES engine_setup,"                            \
  "  title TEXT NOT NULL,"                                                     \
  "  address TEXT NOT NULL,"                                                   \
  "  model TEXT NOT NULL,"                                                     \
  "  product INTEGER REFERENCES product," /* NULL: words of our own, to try it */ \
  "  batch INTEGER REFERENCES asked,"                                          \
  "  key TEXT NOT NULL,"                                                       \
  "  made_at INTEGER NOT NULL,"                                                \
  "  bytes INTEGER NOT NULL,"                                                  \
  "  pictures INTEGER NOT NULL,"                                               \
  "  expected_input INTEGER NOT NULL,"                                         \
  "  expected_output INTEGER NOT NULL,"                                        \
  "  makes INTEGER NOT NULL,"                                                  \
  "  currency TEXT NOT NULL,"             /* and prices as they were then */   \
  "  price_input INTEGER NOT NULL,"                                            \
  "  price_output INTEGER NOT NULL,"                                           \
  "  price_picture INTEGER NOT NULL,"                                          \
  "  estimate INTEGER NOT NULL,"                                               \
  "  state TEXT NOT NULL CHECK (state IN ('in-flight', 'answered', 'failed', 'lost', 'refused'))," \
  "  ended_at INTEGER NOT NULL DEFAULT 0,"                                     \
  "  input INTEGER NOT NULL DEFAULT 0,"                                        \
  "  output INTEGER NOT NULL DEFAULT 0,"                                       \
  "  made INTEGER NOT NULL DEFAULT 0,"                                         \
  "  estimated INTEGER NOT NULL DEFAULT 0 CHECK (estimated IN (0, 1)),"        \
  "  cost INTEGER NOT NULL DEFAULT 0 CHECK (cost >= -1),"                      \
  "  message TEXT,"                                                            \
  "  reply BLOB,"                                                              \
  "  CHECK ((state = 'in-flight') = (ended_at = 0)),"                          \
  "  CHECK (reply IS NULL OR state = 'answered')"                              \
  ") STRICT;"                                                                  \
  "CREATE INDEX sent_engine ON sent (engine, made_at);"                        \
  "CREATE INDEX sent_batch ON sent (batch) WHERE batch IS NOT NULL;"           \
  "CREATE INDEX sent_key ON sent (key) WHERE state = 'answered';"              \
  "CREATE INDEX sent_open ON sent (id) WHERE state = 'in-flight';"             \
  "CREATE TRIGGER sent_new BEFORE INSERT ON sent"                              \
  "  WHEN cs_sha256 ('') IS NULL OR NEW.state IS NOT 'in-flight' OR NEW.cost <> 0 OR NEW.reply IS NOT NULL OR" \
  "       EXISTS (SELECT 1 FROM sent WHERE id = NEW.id)"                       \
  "  BEGIN SELECT RAISE (ABORT, 'what is sent is only appended, the intent first'); END;" \
  "CREATE TRIGGER sent_agreed BEFORE INSERT ON sent"                           \
  "  WHEN NOT EXISTS (SELECT 1 FROM engine_setup e WHERE e.id = NEW.engine AND e.address = NEW.address" \
  "                     AND e.removed = 0 AND (NEW.pictures = 0 OR e.never_photos = 0)) OR" \
  "       (NEW.product IS NOT NULL OR NEW.pictures > 0) AND NOT EXISTS"        \
  "         (SELECT 1 FROM consent c WHERE c.id = (SELECT max (id) FROM consent WHERE engine = NEW.engine)" \
  "            AND c.address = NEW.address AND c.texts = 1 AND (NEW.pictures = 0 OR c.photos = 1))" \
  "  BEGIN SELECT RAISE (ABORT, 'nothing goes where nobody agreed to'); END;"  \
  "CREATE TRIGGER sent_same BEFORE UPDATE ON sent"                             \
  "  WHEN cs_sha256 ('') IS NULL OR OLD.state IS NOT 'in-flight' OR NEW.state IS 'in-flight' OR" \
  "       NEW.id IS NOT OLD.id OR NEW.engine IS NOT OLD.engine OR NEW.title IS NOT OLD.title OR" \
  "       NEW.address IS NOT OLD.address OR NEW.model IS NOT OLD.model OR NEW.product IS NOT OLD.product OR" \
  "       NEW.batch IS NOT OLD.batch OR NEW.key IS NOT OLD.key OR NEW.made_at IS NOT OLD.made_at OR" \
  "       NEW.bytes IS NOT OLD.bytes OR NEW.pictures IS NOT OLD.pictures OR"   \
  "       NEW.expected_input IS NOT OLD.expected_input OR NEW.expected_output IS NOT OLD.expected_output OR" \
  "       NEW.makes IS NOT OLD.makes OR NEW.currency IS NOT OLD.currency OR"   \
  "       NEW.price_input IS NOT OLD.price_input OR NEW.price_output IS NOT OLD.price_output OR" \
  "       NEW.price_picture IS NOT OLD.price_picture OR NEW.estimate IS NOT OLD.estimate" \
  "  BEGIN SELECT RAISE (ABORT, 'what was sent stays what it was, and has one outcome'); END;" \
  "CREATE TRIGGER sent_stays BEFORE DELETE ON sent WHEN cs_sha256 ('') IS NOT NULL" \
  "  BEGIN SELECT RAISE (ABORT, 'what was sent is never deleted'); END;"       \
  ""                                                                           \
  "ALTER TABLE suggestion ADD COLUMN sent INTEGER REFERENCES sent;"            \
  "CREATE INDEX suggestion_sent ON suggestion (sent) WHERE sent IS NOT NULL;"  \
  "DROP TRIGGER suggestion_frozen;"                                            \
  "CREATE TRIGGER suggestion_frozen BEFORE UPDATE OF id, item, engine, variant, is_question, text, language," \
  "  evidence, remarks, picture, settings, hash, input, made_at, receipt, mask, abstains, sent ON suggestion" \
  "  BEGIN SELECT RAISE (ABORT, 'a suggestion stays as it was made'); END;"    \
  "CREATE TRIGGER decision_grounded BEFORE INSERT ON decision"                 \
  "  WHEN NEW.verdict = 'accept' AND EXISTS (SELECT 1 FROM suggestion WHERE id = NEW.suggestion AND evidence IS NOT NULL" \
  "    AND CASE WHEN json_valid (evidence) THEN EXISTS"                        \
  "          (SELECT 1 FROM json_each (evidence, '$.phrases') AS phrase"       \
  "             WHERE json_extract (phrase.value, '$.state') = 'contradicts')" \
  "        ELSE 1 END)"                                                        \
  "  BEGIN SELECT RAISE (ABORT, 'a text that a fact denies is not accepted as it is'); END;" \
  ""                                                                           \
  /* Whether every product is shown to it, or only those that a person asks about */ \
  "ALTER TABLE engine ADD COLUMN expected INTEGER NOT NULL DEFAULT 1 CHECK (expected IN (0, 1))"

/* Step 4: real marketplaces. What a listing there says beside its texts is kept
 * whole; an account that was removed keeps its history and is not shown.
 */
#define MARKETPLACES                                                           \
  "ALTER TABLE remote_listing ADD COLUMN stock INTEGER NOT NULL DEFAULT -1;"   \
  "ALTER TABLE remote_listing ADD COLUMN more TEXT;" /* JSON: what has no column */ \
  "CREATE INDEX remote_listing_key ON remote_listing (key) WHERE key IS NOT NULL;" \
  "CREATE INDEX remote_listing_sku ON remote_listing (account, sku) WHERE sku IS NOT NULL;" \
  "CREATE INDEX remote_listing_loose ON remote_listing (account, remote_id) WHERE product IS NULL;" \
  "ALTER TABLE account ADD COLUMN removed INTEGER NOT NULL DEFAULT 0 CHECK (removed IN (0, 1))"

/* Step 5: reading a shop. Where it is, so that it goes on there, and the pictures
 * that are still to be fetched; what was fetched or failed is not kept.
 */
#define PULLS                                                                  \
  "CREATE TABLE pull ("                                                        \
  "  account INTEGER PRIMARY KEY REFERENCES account,"                          \
  "  cursor TEXT,"                                                             \
  "  begun_at INTEGER NOT NULL,"                                               \
  "  ended_at INTEGER NOT NULL DEFAULT 0"                                      \
  ") STRICT;"                                                                  \
  "CREATE TABLE pull_picture ("                                                \
  "  id INTEGER PRIMARY KEY,"                                                  \
  "  account INTEGER NOT NULL REFERENCES account,"                             \
  "  product INTEGER NOT NULL REFERENCES product,"                             \
  "  position INTEGER NOT NULL,"                                               \
  "  address TEXT NOT NULL"                                                    \
  ") STRICT;"                                                                  \
  "CREATE INDEX pull_picture_account ON pull_picture (account, id)"

/* Step 6: libraries of one person share a keyring and number their shops alike, so
 * that a number alone would give one library's keys to the other's shop
 */
#define KEYRING                                                                \
  "ALTER TABLE account ADD COLUMN keyring TEXT;"                               \
  "CREATE TRIGGER account_keyring AFTER INSERT ON account WHEN NEW.keyring IS NULL" \
  "  BEGIN UPDATE account SET keyring = lower (hex (randomblob (8))) WHERE id = NEW.id; END;" \
  /* Whether more pictures of a product are on their way */                    \
  "CREATE INDEX pull_picture_product ON pull_picture (product)"

const char *const cs_schema_steps[] = {
  PRODUCTS REVIEW CHANNELS SIGNATURES OUTBOX IMPORTS,
  RECEIPTS,
  ENGINES,
  MARKETPLACES,
  PULLS,
  KEYRING,
  NULL
};
