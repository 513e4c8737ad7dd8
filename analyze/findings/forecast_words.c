/* What is told of an object in a word each: nearly all of its forecast. */
#include "analyze/findings/line.h"

#include <string.h>

#include "analyze/findings/line_words.h"

enum {
	WORD_DN, WORD_GUID, WORD_CLASS, WORD_KIND, WORD_OBJECT, WORD_SAM,
	WORD_AD_UPN, WORD_DISPLAY_NAME, WORD_PLACE, WORD_MAIL_NOW,
	WORD_PRIMARY_NOW, WORD_IN_SCOPE, WORD_SCOPE_REASON, WORD_ACTION,
	WORD_MATCH, WORD_MATCH_REASON, WORD_MATCHED_ID, WORD_SOURCE_ANCHOR,
	WORD_UPN, WORD_MAIL, WORD_MAIL_NICKNAME, WORD_PRIMARY_SMTP,
	WORD_ACCOUNT_ENABLED, WORD_CONFIDENCE, WORD_READINESS, WORD_FOREST,
	WORD_DOMAIN, FORECAST_WORDS
};

static const char *const names[FORECAST_WORDS] = {
	[WORD_DN] = "dn", [WORD_GUID] = "guid", [WORD_CLASS] = "class",
	[WORD_KIND] = "kind", [WORD_OBJECT] = "object",
	[WORD_SAM] = "sAMAccountName", [WORD_AD_UPN] = "userPrincipalName",
	[WORD_DISPLAY_NAME] = "displayName", [WORD_PLACE] = "place",
	[WORD_MAIL_NOW] = "mailNow", [WORD_PRIMARY_NOW] = "primaryNow",
	[WORD_IN_SCOPE] = "inScope", [WORD_SCOPE_REASON] = "scopeReason",
	[WORD_ACTION] = "action", [WORD_MATCH] = "match",
	[WORD_MATCH_REASON] = "matchReason", [WORD_MATCHED_ID] = "matchedId",
	[WORD_SOURCE_ANCHOR] = "sourceAnchor", [WORD_UPN] = "upn",
	[WORD_MAIL] = "mail", [WORD_MAIL_NICKNAME] = "mailNickname",
	[WORD_PRIMARY_SMTP] = "primarySmtp",
	[WORD_ACCOUNT_ENABLED] = "accountEnabled",
	[WORD_CONFIDENCE] = "confidence", [WORD_READINESS] = "readiness",
	[WORD_FOREST] = "forest", [WORD_DOMAIN] = "domain",
};

const struct word_names forecast_names = {
	names, FORECAST_WORDS,
	UINT64_C(1) << WORD_IN_SCOPE | UINT64_C(1) << WORD_ACCOUNT_ENABLED,
};

static int
word_of(const char *text, const char *(*name)(int i), int count, int none)
{
	for (int i = 0; text && i < count; i++)
		if (name(i) && strcmp(name(i), text) == 0)
			return i;
	return text ? -1 : none;
}

static const char *
match_word(int i)
{
	return match_name((enum match)i);
}

static const char *
action_word(int i)
{
	return action_name((enum action)i);
}

static const char *
confidence_word(int i)
{
	return confidence_name((enum confidence)i);
}

static const char *
readiness_word(int i)
{
	return readiness_name((enum readiness)i);
}

static enum enabled
enabled_of(const char *word)
{
	return !word || strcmp(word, "null") == 0 ? ENABLED_UNKNOWN :
	       strcmp(word, "true") == 0 ? ENABLED_YES : ENABLED_NO;
}

/* Null is none, and what lacks is not known. */
static struct known_text
known_of(const struct line_words *w, size_t i)
{
	return (struct known_text){ words_have(w, i), w->text[i] };
}

static void
take_texts(const struct line_words *w, struct forecast *out)
{
	*out = (struct forecast){
		.dn = w->text[WORD_DN], .guid = w->text[WORD_GUID],
		.class = w->text[WORD_CLASS], .kind = w->text[WORD_KIND],
		.object = w->text[WORD_OBJECT], .sam = w->text[WORD_SAM],
		.ad_upn = w->text[WORD_AD_UPN],
		.display_name = known_of(w, WORD_DISPLAY_NAME),
		.mail_now = known_of(w, WORD_MAIL_NOW),
		.primary_now = known_of(w, WORD_PRIMARY_NOW),
		.place = w->text[WORD_PLACE],
		.scope_reason = w->text[WORD_SCOPE_REASON],
		.match_reason = w->text[WORD_MATCH_REASON],
		.matched_id = w->text[WORD_MATCHED_ID],
		.source_anchor = w->text[WORD_SOURCE_ANCHOR],
		.upn = w->text[WORD_UPN], .mail = w->text[WORD_MAIL],
		.mail_nickname = w->text[WORD_MAIL_NICKNAME],
		.primary_smtp = w->text[WORD_PRIMARY_SMTP],
		.forest = w->text[WORD_FOREST],
		.domain = w->text[WORD_DOMAIN],
	};
}

int
forecast_take_words(const struct line_words *w, struct forecast *out,
                    const char **want)
{
	const char *in = w->text[WORD_IN_SCOPE];
	int match = word_of(w->text[WORD_MATCH], match_word, MATCH_COUNT,
	                    MATCH_UNKNOWN);
	int action = word_of(w->text[WORD_ACTION], action_word, ACTION_COUNT,
	                     ACTION_UNKNOWN);
	int confidence = word_of(w->text[WORD_CONFIDENCE], confidence_word,
	                         CONFIDENCE_COUNT, -1);
	int readiness = word_of(w->text[WORD_READINESS], readiness_word,
	                        READINESS_COUNT, -1);

	*want = "a dn, guid or object, a class, a match, an action, a "
	        "confidence and a readiness";
	take_texts(w, out);
	if ((!out->dn && !out->guid && !out->object) || !out->class ||
	    match < 0 || action < 0 || confidence < 0 || readiness < 0)
		return -1;
	out->unplaced = !in;
	out->in_scope = !in || strcmp(in, "true") == 0;
	out->match = (enum match)match;
	out->action = (enum action)action;
	out->confidence = (enum confidence)confidence;
	out->readiness = (enum readiness)readiness;
	out->account_enabled = enabled_of(w->text[WORD_ACCOUNT_ENABLED]);
	return 0;
}
