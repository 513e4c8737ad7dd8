/* Keys are the script's; {} stands for what it puts there, {n} for a number. */
#include "report/page/words.h"

#include <assert.h>
#include <string.h>

#include "report/page/block_rows.h"

static const struct {
	const char *key, *text;
} words[] = {
	{ "otherCauses", "(other causes)" },
	{ "changesToMake", "Changes to make" }, { "findings", "Findings" },
	{ "objects", "Objects" }, { "show", "Show" },
	{ "finding1", "1 finding" }, { "findingN", "{n} findings" },
	{ "change1", "1 change" }, { "changeN", "{n} changes" },
	{ "object1", "1 object" }, { "objectN", "{n} objects" },
	{ "row1", "1 row copied" }, { "rowN", "{n} rows copied" },
	{ "of", "{} of {}" },
	{ "foundAmong", "{} found among the {} in this page" },
	{ "holds", "This page holds {n} of these {n} (the worst ones, and some "
	  "of every rule); all are in {}." },
	{ "looksAt", "This filter looks at the {n} rows in this page; the "
	  "other {n} are only in {}." },
	{ "andMore1", "and 1 more finding" }, { "andMoreN",
	  "and {n} more findings" },
	{ "claimedBy", "claimed by" },
	{ "choose", "Choose who keeps it; the others give it up." },
	{ "now", "now" }, { "wanted", "wanted" }, { "empty", "empty" },
	{ "none", "none" }, { "dash", "\xe2\x80\x93" },
	{ "severity", "Severity" }, { "object", "Object" },
	{ "finding", "Finding" }, { "value", "Value" }, { "place", "Place" },
	{ "changeIn", "Change in" }, { "copy", "Copy" },
	{ "copyRow", "row of {}" }, { "rowCopied", "Row copied" },
	{ "readiness", "Readiness" }, { "openFindings", "Open findings" },
	{ "signInAfter", "Sign-in name after sync" },
	{ "primaryAfter", "Primary address after sync" },
	{ "nextSync", "Next sync" }, { "signIn", "Sign-in name" },
	{ "primary", "Primary address" }, { "mail", "mail" },
	{ "nothing", "Nothing matches. " }, { "clear", "Clear filters" },
	{ "more", "Show {n} more of {n}" },
	{ "search", "Search" }, { "cause", "Cause" }, { "rule", "Rule" },
	{ "kind", "Kind" }, { "status", "Status" },
	{ "sinceLast", "Since last run" },
	{ "allCauses", "All causes" }, { "allRules", "All rules" },
	{ "allPlaces", "All places" }, { "allKinds", "All kinds" },
	{ "everywhere", "Everywhere" }, { "all", "All" },
	{ "openAndPlanned", "Open and planned" },
	{ "couldNotCopy", "Could not copy" }, { "linkCopied", "Link copied" },
	{ "characters", " \xe2\x80\xa6 {n} characters in all" },
	{ "notAscii", ", not ASCII" }, { "notAllowed", ", not allowed here" },
	{ "space", "space" },
	{ "close", "Close" }, { "account", "Account" }, { "dn", "DN" },
	{ "copyDn", "Copy DN" }, { "dnCopied", "DN copied" },
	{ "scope", "Sync scope" }, { "names", "Names" },
	{ "attribute", "Attribute" }, { "inAd", "In AD today" },
	{ "afterSync", "In the tenant after the next sync" },
	{ "notCollected", "not collected" },
	{ "whatChanges", "What changes in the account" },
	{ "from", "From" }, { "to", "To" }, { "removed", "removed" },
	{ "noFindings", "No findings" },
	{ "someFindings", "{n} of {n} findings are in this page; all are in "
	  "findings.csv." },
	{ "toDo", "To do: " }, { "copyFix", "Copy fix" },
	{ "fixCopied", "Fix copied" }, { "copyWanted", "Copy wanted value" },
	{ "valueCopied", "Value copied" }, { "copyRowOnly", "Copy row" },
	{ "until", "until {}" },
	{ "dropped", "Values that do not reach the tenant" },
	{ "earlier", "Earlier" }, { "inScope", "in scope" },
	{ "outOfScope", "out of scope" }, { "notKnown", "not known" },
	{ "disabled", ", disabled" },
	{ "doubts", "Doubts about the forecast" },
	{ "technical", "Technical" }, { "anchor", "Source anchor" },
	{ "forecast", "Forecast" },
	{ "fileT", "changes.csv" }, { "fileF", "findings.csv" },
	{ "fileO", "objects.csv" },
	{ "saveT", "changes-selection.csv" },
	{ "saveF", "findings-selection.csv" },
	{ "saveO", "objects-selection.csv" },
	{ "headF", "severity,rule,status,change,name,account,kind,place,dn,"
	  "attribute,now,wanted,message,fix,change in,claimed by,"
	  "fingerprint" },
	{ "headO", "name,account,kind,readiness,sign-in name now,sign-in name "
	  "after sync,primary address after sync,next sync,place,dn,guid" },
};

const char *
page_word(const char *key)
{
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (strcmp(words[i].key, key) == 0)
			return words[i].text;
	assert(!"a word that the page has not");
	return "";
}

static const char *const ready_words[READY_STATES] = {
	[READY_BLOCKED] = "blocked", [READY_WARNING] = "ready with warnings",
	[READY_TENANT] = "in the tenant only", [READY_UNKNOWN] = "not known",
	[READY_READY] = "ready", [READY_OUT] = "out of scope",
};

const char *
word_of_ready(enum page_ready r)
{
	return ready_words[r];
}

static const char *const age_words[ROW_AGES] = {
	[ROW_NEW] = "new", [ROW_FIRST] = "seen for the first time",
	[ROW_STILL] = "still there", [ROW_REOPENED] = "back again",
};

const char *
word_of_age(enum row_age a)
{
	return age_words[a];
}

static const char *const status_words[STATUS_COUNT] = {
	[STATUS_OPEN] = "open", [STATUS_WAIVED] = "waived",
	[STATUS_PLANNED] = "planned",
	[STATUS_FALSE_POSITIVE] = "false positive",
};

const char *
word_of_status(enum status s)
{
	return status_words[s];
}

static const char *const severity_words[SEVERITY_COUNT] = {
	[SEVERITY_CRITICAL] = "Critical", [SEVERITY_HIGH] = "High",
	[SEVERITY_MEDIUM] = "Medium", [SEVERITY_LOW] = "Low",
	[SEVERITY_INFO] = "Info",
};

const char *
word_of_severity(enum severity s)
{
	return severity_words[s];
}

static const char *const where_words[AUTHORITY_COUNT + 1] = {
	[AUTHORITY_AD] = "AD",
	[AUTHORITY_EXCHANGE_ONLINE] = "Exchange Online",
	[AUTHORITY_ENTRA] = "Entra",
	[AUTHORITY_NOT_ASSESSED] = "not known",
	[AUTHORITY_COUNT] = "\xe2\x80\x93",
};

const char *
word_of_where(uint32_t authority)
{
	return where_words[authority];
}

static const char *const action_words[ACTION_COUNT] = {
	[ACTION_CREATE] = "new account",
	[ACTION_MATCH] = "joined to an existing account",
	[ACTION_UPDATE] = "account updated", [ACTION_NONE] = "no change",
	[ACTION_DELETE] = "account deleted",
	[ACTION_RESTORE] = "account restored",
	[ACTION_BLOCKED] = "nothing is written (error)",
	[ACTION_UNKNOWN] = "not known",
};

const char *
word_of_action(enum action a)
{
	return action_words[a];
}

/* The keys of addresses, in the order of the words. */
static void
put_keys(struct buf *out)
{
	static const char *const ready[READY_STATES] = {
		[READY_BLOCKED] = "blocked", [READY_WARNING] = "warning",
		[READY_TENANT] = "tenant-only", [READY_UNKNOWN] = "not-known",
		[READY_READY] = "ready", [READY_OUT] = "out-of-scope",
	};
	static const char *const age[ROW_AGES] = {
		[ROW_NEW] = "new", [ROW_FIRST] = "first",
		[ROW_STILL] = "still", [ROW_REOPENED] = "reopened",
	};
	static const char *const where[AUTHORITY_COUNT + 1] = {
		[AUTHORITY_AD] = "ad",
		[AUTHORITY_EXCHANGE_ONLINE] = "exchange-online",
		[AUTHORITY_ENTRA] = "entra",
		[AUTHORITY_NOT_ASSESSED] = "not-known",
		[AUTHORITY_COUNT] = "none",
	};
	const char *severity[SEVERITY_COUNT], *status[STATUS_COUNT];

	for (int i = 0; i < SEVERITY_COUNT; i++)
		severity[i] = severity_name((enum severity)i);
	for (int i = 0; i < STATUS_COUNT; i++)
		status[i] = status_name((enum status)i);
	block_list(out, "sev", severity, SEVERITY_COUNT);
	block_list(out, "status", status, STATUS_COUNT);
	block_list(out, "ready", ready, READY_STATES);
	block_list(out, "change", age, ROW_AGES);
	block_list(out, "where", where, AUTHORITY_COUNT + 1);
}

void
words_put(struct buf *out, const struct report_page *p)
{
	buf_adds(out, ",\"w\":{");
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		if (i)
			buf_addc(out, ',');
		buf_addf(out, "\"%s\":", words[i].key);
		block_text(out, words[i].text);
	}
	buf_addc(out, '}');
	put_keys(out);
	block_list(out, "sevWords", severity_words, SEVERITY_COUNT);
	block_list(out, "statusWords", status_words, STATUS_COUNT);
	block_list(out, "readyWords", ready_words, READY_STATES);
	block_list(out, "changeWords", age_words, ROW_AGES);
	block_list(out, "whereWords", where_words, AUTHORITY_COUNT + 1);
	block_list(out, "acts", action_words, ACTION_COUNT);
	buf_addf(out, ",\"compared\":%d", p->f->baseline.is);
}
