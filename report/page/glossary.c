/* The field's words, for who reads them for the first time. */
#include "base/buf.h"
#include "report/page/escape.h"
#include "report/page/markup.h"
#include "report/page/parts.h"

static const struct {
	const char *word, *means;
} terms[] = {
	{ "UPN", "User principal name: the sign-in name, such as "
	  "ada@contoso.com. The part after the @ is its suffix." },
	{ "Initial domain", "The first domain of a tenant, "
	  "contoso.onmicrosoft.com. Names and addresses that the tenant cannot "
	  "accept end up here." },
	{ "Verified domain", "A domain that the tenant has proved to own in "
	  "DNS. Only verified domains can be used in sign-in names and "
	  "addresses." },
	{ "proxyAddresses", "All addresses of a recipient. SMTP: in upper case "
	  "marks the primary address, smtp: the others." },
	{ "Primary address", "The address that mail is sent from." },
	{ "Sync scope", "The objects that synchronization reads. An account "
	  "whose object leaves the scope is deleted." },
	{ "Soft match", "An AD object is joined to an existing cloud account "
	  "because sign-in name or primary address is the same." },
	{ "Hard match", "An AD object is joined to an account that carries its "
	  "source anchor." },
	{ "Source anchor", "The value that ties an AD object to its account "
	  "for good (immutableId in the tenant)." },
	{ "Blocked", "At least one critical or high finding is about the "
	  "object or its account in the tenant; waived ones count, because "
	  "what is accepted is not fixed." },
	{ "Ready with warnings", "Only medium or low findings are about it." },
	{ "Ready", "All checks that could block the object were made, and none "
	  "found anything." },
	{ "Not known", "Nothing was found, but a check that could block the "
	  "object could not be made." },
	{ "Waived", "Someone accepted the finding, with a reason and, usually, "
	  "an expiry date. It stays visible and is not counted as open." },
	{ "Orphan", "A synchronized account whose AD object does not exist any "
	  "more." },
};

void
part_glossary(struct buf *out)
{
	mark_section(out, "glossary", "Glossary", NULL);
	buf_adds(out, "<dl class=\"gl\">\n");
	for (size_t i = 0; i < sizeof(terms) / sizeof(terms[0]); i++) {
		buf_adds(out, "<div>");
		mark_element(out, "dt", terms[i].word);
		mark_element(out, "dd", terms[i].means);
		buf_adds(out, "</div>\n");
	}
	buf_adds(out, "</dl>\n");
	mark_section_end(out);
}
