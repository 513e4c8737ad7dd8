// A tenant made of numbers: object N of a kind is the same at every asking,
// but for what was changed since. What real tenants have and made-up ones
// mostly lack is among the first dozens of each kind.
import { createHash } from 'node:crypto';

const DAY = 86400000, BEGIN = Date.UTC(2020, 0, 1);

export function idOf(seed, kind, n) {
	const h = createHash('md5').update(`${seed}:${kind}:${n}`).digest('hex');
	return `${h.slice(0, 8)}-${h.slice(8, 12)}-4${h.slice(13, 16)}-` +
		`a${h.slice(17, 20)}-${h.slice(20)}`;
}

const day = (n) => new Date(BEGIN + (n % 1500) * DAY).toISOString();
const EXCHANGE = 'efb87545-963c-4e0d-99df-69c6916d9eb0';
const TEAMS = '57ff2da0-773e-42df-b2af-ffb7a2317929';

// Names that break what only ever met tidy ones.
const names = [
	'plain', 'with "quotes" and \\backslash', 'line\nbreak',
	'escape \u001b[2J', 'right \u202eto left', 'x'.repeat(256),
	'emoji \u{1f469}\u200d\u{1f4bb}', 'nul \u0000 in it', '', '=cmd()',
	'\u00e5\u00e4\u00f6 \u6f22\u5b57', '<script>alert(1)</script>',
];

function addresses(n, domain, initial, guest) {
	if (guest)
		return [`SMTP:g${n}@else.example`];
	// Whom the whole matter is about.
	if (n === 25)
		return [`SMTP:user25@${initial}`, `smtp:user25@${domain}`];
	const list = [`SMTP:user${n}@${domain}`, `smtp:u${n}@${domain}`];
	if (n === 20)
		for (let i = 0; i < 390; i++)
			list.push(`smtp:alias${i}.${n}@${domain}`);
	if (n % 21 === 0)
		list.push(`x500:/o=First Organization/ou=Exchange/cn=u${n}`);
	return list;
}

function errorsOf(n, domain) {
	const causes = { 30: 'UserPrincipalName', 31: 'ProxyAddress',
		32: 'ProxyAddresses' };
	if (!causes[n])
		return [];
	return [{ category: 'PropertyConflict',
		occurredDateTime: '2024-05-06T07:08:09.1234567Z',
		propertyCausingError: causes[n],
		value: n === 30 ? `user1@${domain}` : `SMTP:user1@${domain}` }];
}

// Synced, cloud born, formerly synced, converted.
function originOf(n, id) {
	const kind = n % 7 === 3 ? 'cloud' : n % 50 === 12 ? 'former'
		: n % 60 === 14 ? 'converted' : 'synced';
	const ours = kind !== 'cloud';
	return { kind,
		onPremisesSyncEnabled: kind === 'synced' ? true
			: kind === 'former' ? false : null,
		onPremisesLastSyncDateTime: ours ? day(n + 1) : null,
		onPremisesSecurityIdentifier: ours
			? `S-1-5-21-1-2-3-${1000 + n}` : null,
		onPremisesImmutableId: ours
			? Buffer.from(id.replaceAll('-', ''), 'hex')
				.toString('base64') : null };
}

export function user(t, n) {
	const id = idOf(t.seed, 'user', n), o = originOf(n, id);
	const guest = n % 40 === 17, upn = guest
		? `guest${n}_else.example#EXT#@${t.initial}`
		: `user${n}@${t.domain}`;
	const account = o.kind === 'cloud' ? null : `user${n}`;
	return {
		id, userPrincipalName: upn,
		displayName: names[n] ?? `User ${n}`, givenName: `Given${n}`,
		surname: n % 9 ? `Sur${n}` : null,
		mail: guest ? `g${n}@else.example` : `user${n}@${t.domain}`,
		mailNickname: `user${n}`, proxyAddresses: addresses(n, t.domain,
			t.initial, guest),
		imAddresses: [], otherMails: guest ? [`g${n}@else.example`] : [],
		identities: [{ signInType: 'userPrincipalName',
			issuer: t.initial, issuerAssignedId: upn }],
		userType: guest ? 'Guest' : 'Member',
		externalUserState: guest ? 'Accepted' : null,
		accountEnabled: n % 13 !== 5, createdDateTime: day(n),
		creationType: guest ? 'Invitation' : null, deletedDateTime: null,
		usageLocation: 'NL', preferredLanguage: null,
		showInAddressList: null, isResourceAccount: null,
		isManagementRestricted: null, preferredDataLocation: null,
		onPremisesSyncEnabled: o.onPremisesSyncEnabled,
		onPremisesLastSyncDateTime: o.onPremisesLastSyncDateTime,
		onPremisesImmutableId: o.onPremisesImmutableId,
		onPremisesDistinguishedName: account &&
			`CN=User ${n},OU=Staff,DC=corp,DC=example`,
		onPremisesDomainName: account && 'corp.example',
		onPremisesSamAccountName: account,
		onPremisesUserPrincipalName: account && `${account}@corp.example`,
		onPremisesSecurityIdentifier: o.onPremisesSecurityIdentifier,
		securityIdentifier: `S-1-12-1-1-2-3-${n}`,
		onPremisesExtensionAttributes: { extensionAttribute1:
			n % 5 ? null : `e${n}`, extensionAttribute15: null },
		onPremisesProvisioningErrors: errorsOf(n, t.domain),
		serviceProvisioningErrors: [],
		assignedLicenses: n % 3 ? [{ skuId: idOf(t.seed, 'sku', 0),
			disabledPlans: [] }] : [],
		assignedPlans: n % 3 ? [EXCHANGE, TEAMS].map((p, i) => ({
			assignedDateTime: day(n), capabilityStatus: 'Enabled',
			service: i ? 'TeamspaceAPI' : 'exchange',
			servicePlanId: p })) : [],
		licenseAssignmentStates: [], passwordPolicies: null,
		lastPasswordChangeDateTime: day(n + 3),
		signInSessionsValidFromDateTime: day(n + 3),
		employeeId: String(n), employeeType: null,
		department: `Dept ${n % 20}`, companyName: 'Contoso',
		jobTitle: null, officeLocation: null, streetAddress: null,
		city: null, state: null, postalCode: null, country: null,
		businessPhones: n % 4 ? [] : [`+31 20 ${n}`], mobilePhone: null,
		faxNumber: null,
	};
}

export function group(t, n) {
	const id = idOf(t.seed, 'group', n), o = originOf(n, id);
	const mail = n % 2 === 0, account = o.kind === 'cloud' ? null : `g${n}`;
	return {
		id, displayName: names[n] ? `Group ${names[n]}` : `Group ${n}`,
		description: null, mail: mail ? `group${n}@${t.domain}` : null,
		mailNickname: `group${n}`, mailEnabled: mail,
		securityEnabled: !mail, groupTypes: n % 5 === 4 ? ['Unified'] : [],
		proxyAddresses: mail ? [`SMTP:group${n}@${t.domain}`] : [],
		visibility: null, isAssignableToRole: null,
		isManagementRestricted: null, membershipRule: null,
		membershipRuleProcessingState: null, createdDateTime: day(n),
		renewedDateTime: day(n), deletedDateTime: null,
		onPremisesSyncEnabled: o.onPremisesSyncEnabled,
		onPremisesLastSyncDateTime: o.onPremisesLastSyncDateTime,
		onPremisesDomainName: account && 'corp.example',
		onPremisesNetBiosName: account && 'CORP',
		onPremisesSamAccountName: account,
		onPremisesSecurityIdentifier: o.onPremisesSecurityIdentifier,
		onPremisesExtensionAttributes: null,
		onPremisesProvisioningErrors: [], serviceProvisioningErrors: [],
		securityIdentifier: `S-1-12-1-4-5-6-${n}`, uniqueName: null,
		assignedLicenses: [],
	};
}

export function contact(t, n) {
	const mail = `contact${n}@partner.example`;
	return {
		id: idOf(t.seed, 'contact', n), displayName: `Contact ${n}`,
		givenName: null, surname: null, mail, mailNickname: `contact${n}`,
		proxyAddresses: [`SMTP:${mail}`], companyName: 'Partner',
		department: null, jobTitle: null, phones: [{ type: 'business',
			number: `+1 ${n}` }], addresses: [], deletedDateTime: null,
		onPremisesSyncEnabled: true, onPremisesLastSyncDateTime: day(n),
		onPremisesProvisioningErrors: [], serviceProvisioningErrors: [],
	};
}

// A deleted user's name has the id in front, without hyphens.
export function deletedUser(t, n) {
	const u = user(t, 1000000 + n);
	return { ...u, deletedDateTime: '2026-10-11T12:13:14Z',
		userPrincipalName: u.id.replaceAll('-', '') +
			u.userPrincipalName };
}

export function role(t, n) {
	return { id: idOf(t.seed, 'role', n), displayName:
		['Global Administrator', 'Exchange Administrator',
			'Directory Readers'][n] ?? `Role ${n}`, description: null,
		roleTemplateId: idOf('template', 'role', n) };
}

const of = (t, kind, n) => ({ '@odata.type': `#microsoft.graph.${kind}`,
	id: idOf(t.seed, kind === 'orgContact' ? 'contact' : kind, n) });

// Group 0 is large, 1 has none, 2 has a member of every kind.
export function members(t, n) {
	if (n === 1)
		return [];
	if (n === 2)
		return ['user', 'group', 'orgContact', 'device',
			'servicePrincipal'].map((kind) => of(t, kind, 3));
	const count = Math.min(n === 0 ? 2500 : t.membersPerGroup, t.users);
	return Array.from({ length: count }, (_, i) =>
		of(t, 'user', (n * 37 + i) % t.users));
}

export const roleMembers = (t, n) => n === 2 ? []
	: [of(t, 'user', n), of(t, 'servicePrincipal', n)];

export function domains(t) {
	const one = (id, initial, verified) => ({ id,
		authenticationType: verified ? 'Managed' : 'Federated',
		isVerified: verified, isDefault: id === t.domain,
		isInitial: initial, isRoot: true, isAdminManaged: true,
		supportedServices: ['Email'], passwordValidityPeriodInDays: null,
		passwordNotificationWindowInDays: null, state: null });
	return [one(t.domain, false, true), one(t.initial, true, true),
		one('not-yet.example', false, false)];
}

export const organization = (t) => [{ id: idOf(t.seed, 'tenant', 0),
	displayName: 'Contoso', onPremisesSyncEnabled: true,
	onPremisesLastSyncDateTime: day(1400), verifiedDomains: [
		{ name: t.domain, type: 'Managed', isDefault: true,
			isInitial: false, capabilities: 'Email' },
		{ name: t.initial, type: 'Managed', isDefault: false,
			isInitial: true, capabilities: 'Email' }],
	assignedPlans: [], provisionedPlans: [],
	technicalNotificationMails: [`it@${t.domain}`], tenantType: 'AAD',
	countryLetterCode: 'NL', preferredLanguage: 'en',
	createdDateTime: day(0), defaultUsageLocation: null }];

export const skus = (t) => [{ id: `${idOf(t.seed, 'tenant', 0)}_` +
	idOf(t.seed, 'sku', 0), skuId: idOf(t.seed, 'sku', 0),
	skuPartNumber: 'SPE_E5', appliesTo: 'User',
	capabilityStatus: 'Enabled', consumedUnits: 7, prepaidUnits: {
		enabled: 9, suspended: 0, warning: 0, lockedOut: 0 },
	servicePlans: [{ servicePlanId: EXCHANGE, servicePlanName:
		'EXCHANGE_S_ENTERPRISE', provisioningStatus: 'Success',
		appliesTo: 'User' }], subscriptionIds: [],
	accountId: idOf(t.seed, 'tenant', 0), accountName: 'contoso' }];

// Only the beta version tells the engine's own version.
export function sync(t, version) {
	const configuration = { accidentalDeletionPrevention: {
		alertThreshold: 500, synchronizationPreventionType:
			'enabledForCount' } };
	if (version === 'beta')
		configuration.synchronizationClientVersion = '2.5.190.0';
	return [{ id: idOf(t.seed, 'tenant', 0), configuration, features: {
		blockSoftMatchEnabled: false, passwordSyncEnabled: true,
		softMatchOnUpnEnabled: true,
		blockCloudObjectTakeoverThroughHardMatchEnabled: true } }];
}
