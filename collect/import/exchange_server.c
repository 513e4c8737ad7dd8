/*
 * Depending on where the cmdlet ran, and on what wrote its answer, a version is
 * "Version 15.2 (Build 1748.10)" or an object of four numbers; roles are words,
 * a list of them, or a number of bits.
 */
#include "collect/import/exchange_server.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/dn.h"
#include "base/json.h"
#include "base/mem.h"
#include "base/record.h"
#include "collect/import/ad_typed.h"
#include "collect/import/import_map.h"

const char *
exchange_server_lacks(bool version, bool role, bool dn)
{
	if (version && role && !dn)
		return "looks like Get-ExchangeServer's list, but has no "
		       "DistinguishedName: add it";
	return role && !version ? "looks like Get-ExchangeServer's list, but "
		"has no " SERVER_VERSION ": add it" : NULL;
}

/* "Version 15.2 (Build 1748.10)" of {"Major":15,"Minor":2,...}. */
static bool
add_version(struct buf *out, const struct json *j)
{
	static const char *const parts[] = {
		"Major", "Minor", "Build", "Revision"
	};
	int n[4];

	for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++) {
		const struct json *part = json_get(j, parts[i]);

		double is = json_kind(part) == JSON_NUMBER
			? json_number(part) : -1;

		if (!(is >= 0 && is <= UINT16_MAX) || is != (int)is)
			return false;
		n[i] = (int)is;
	}
	buf_addf(out, "Version %d.%d (Build %d.%d)", n[0], n[1], n[2], n[3]);
	return true;
}

/* A value as text: what .NET has inside an object is its name, if any. */
static void
add_value(struct buf *out, const struct value *v)
{
	struct json_error e;
	struct json *j = NULL;
	const char *word;

	if (v->kind == VALUE_JSON && *v->data == '{')
		j = json_parse(v->data, v->len, &e);
	if (j && !add_version(out, j)) {
		word = json_string(json_get(j, "Value"));
		buf_adds(out, word ? word : v->data);
	} else if (!j) {
		buf_add(out, v->data, v->len);
	}
	json_free(j);
}

static void
take(struct record *to, const struct column_map *map,
     const struct record *from, size_t attr)
{
	struct buf text = { 0 };

	for (size_t i = 0; i < record_values(from, attr); i++) {
		struct value v = record_value(from, attr, i);

		if (i)
			buf_adds(&text, ", ");
		add_value(&text, &v);
	}
	if (!text.len)
		record_declare(to, map->attribute, SHAPE_SINGLE);
	else if (map->treat != COLUMN_AD)
		record_add_text(to, map->attribute, buf_text(&text));
	else if (ad_add_guid(to, map->attribute, buf_text(&text)) < 0)
		ad_record_add(to, map->attribute, text.data, text.len);
	buf_release(&text);
}

void
exchange_server_take(struct record *to, const struct record *from)
{
	for (size_t i = 0; i < record_count(from); i++) {
		const struct column_map *map = column_find(
			&server_columns, record_name(from, i));

		if (map && map->attribute &&
		    record_find(to, map->attribute) < 0)
			take(to, map, from, i);
	}
}

const char *
exchange_server_wrong(const struct record *r)
{
	static const char want[] = "want the DistinguishedName of a server of "
		"Exchange, below CN=Microsoft Exchange,CN=Services,"
		"CN=Configuration";
	const char *dn = record_text(r, AD_DN), *forest;
	struct buf name = { 0 };
	bool is = dn && dn_normalise(&name, dn) == 0 &&
	          ad_config_place(name.data, &forest) == CONFIG_EXCHANGE;

	buf_release(&name);
	return is ? NULL : want;
}
