"""Invented names. Nobody and nothing of these exists: every address ends in .example, every IP is for documentation."""

# Two cases of one agency read alike in the queue, so there is more than one place in every country.
PLACES: dict[str, tuple[str, ...]] = {
    "US": (
        "Rivermouth",
        "Cedar Hollow",
        "Port Amity",
        "Granite Falls West",
        "Old Marlow",
        "Sandreef",
        "Kettle Bay",
        "Bluestem",
        "Harrow Point",
        "Twin Mesas",
        "Lakeward",
        "Fort Ellery",
    ),
    "DE": ("Altenweiler", "Nordhaven", "Steinbruck"),
    "FR": ("Saint-Aubrac", "Villeneuve-les-Pins", "Montclairac"),
    "IT": ("Portovento", "Castelmora"),
    "ES": ("Valderroca", "Puertoluz"),
    "BR": ("Serra Clara", "Porto Novo do Sul"),
    "JP": ("Minatohara", "Kitayama-cho"),
    "GB": ("Ashcombe", "Northwick", "Calder Vale"),
    "AU": ("Wattle Creek", "Port Merrin"),
    "IN": ("Devgaon", "Suryapuri"),
    "NL": ("Waterdrecht", "Oosterveen"),
}

# What an agency of this kind is called there; {0} is the place.
AGENCIES: dict[tuple[str, str], tuple[str, ...]] = {
    ("US", "law_enforcement"): (
        "{0} Police Department",
        "{0} County Sheriff",
        "District Attorney of {0} County",
        "State Bureau of Investigation, {0} Office",
    ),
    ("US", "court"): ("Superior Court of {0} County", "District Court at {0}"),
    ("US", "regulator"): ("{0} Consumer Protection Bureau",),
    ("US", "intelligence"): ("Federal Bureau of Domestic Security, {0} Field Office",),
    ("US", "civil_party"): ("Hale, Osgood and Partners, {0}", "Merriweather Law Group, {0}"),
    ("DE", "law_enforcement"): ("Staatsanwaltschaft {0}", "Kriminalpolizei {0}"),
    ("DE", "court"): ("Amtsgericht {0}",),
    ("FR", "law_enforcement"): ("Parquet de {0}", "Police judiciaire de {0}"),
    ("FR", "court"): ("Tribunal judiciaire de {0}",),
    ("IT", "law_enforcement"): ("Procura della Repubblica di {0}",),
    ("IT", "regulator"): ("Autorità per le comunicazioni di {0}",),
    ("ES", "law_enforcement"): ("Fiscalía de {0}",),
    ("ES", "court"): ("Juzgado de Instrucción de {0}",),
    ("BR", "law_enforcement"): ("Polícia Civil de {0}",),
    ("BR", "court"): ("Vara Criminal de {0}",),
    ("JP", "law_enforcement"): ("{0} Prefectural Police",),
    ("GB", "law_enforcement"): ("{0} Constabulary", "Investigatory Powers Unit, {0}"),
    ("AU", "law_enforcement"): ("{0} Police Force", "International Production Orders Office, {0}"),
    ("IN", "law_enforcement"): ("{0} Cyber Crime Police Station",),
    ("NL", "law_enforcement"): ("Officier van justitie {0}",),
    ("NL", "regulator"): ("Toezichthouder Digitale Diensten {0}",),
}

OFFICERS: dict[str, tuple[str, ...]] = {
    "US": ("Dana Whitlock", "Marcus Osei", "Rosa Trevino", "Glenn Abbot", "Priya Nair"),
    "DE": ("Jörg Lindemann", "Katrin Voss"),
    "FR": ("Élodie Carpentier", "Hugo Lemaire"),
    "IT": ("Chiara Bellandi", "Paolo Ferrante"),
    "ES": ("Nuria Cadenas", "Álvaro Pineda"),
    "BR": ("Renata Salgado", "Caio Monteiro"),
    "JP": ("Haruka Onishi", "Takeshi Mori"),
    "GB": ("Imogen Tate", "Rhys Calloway"),
    "AU": ("Bronte Keller", "Lachlan Moss"),
    "IN": ("Ananya Deshpande", "Vikram Salunke"),
    "NL": ("Femke Zijlstra", "Daan Kuipers"),
}

GIVEN: dict[str, tuple[str, ...]] = {
    "en": ("Carla", "Jonah", "Mei", "Oscar", "Leila", "Tomas", "Greta", "Amara", "Felix", "Ruth", "Sanjay", "Ivy"),
    "fr": ("Camille", "Léo", "Inès", "Mathis", "Zoé", "Théo", "Manon", "Bastien"),
}
FAMILY: dict[str, tuple[str, ...]] = {
    "en": ("Moreau", "Quill", "Tanaka", "Brandauer", "Okoye", "Lindgren", "Ferro", "Castell", "Novak", "Hargrove"),
    "fr": ("Delorme", "Fontanel", "Guérin", "Lacroix", "Rousselet", "Vasseur", "Perrin"),
}

SITES = (
    ("maple", "harbor", "velvet", "north", "paper", "silent", "copper", "bright", "lunar", "willow", "amber", "rapid"),
    ("shop", "forum", "mail", "studio", "cloud", "press", "market", "games", "wiki", "stream", "archive", "labs"),
)

COURTS: dict[str, tuple[str, str]] = {
    "US": ("U.S. District Court, Western Division", "America/Los_Angeles"),
    "DE": ("Amtsgericht Altenweiler", "Europe/Berlin"),
    "FR": ("Tribunal judiciaire de Saint-Aubrac", "Europe/Paris"),
    "IT": ("Tribunale di Portovento", "Europe/Rome"),
    "ES": ("Juzgado de Instrucción de Valderroca", "Europe/Madrid"),
    "BR": ("Vara Criminal de Serra Clara", "America/Sao_Paulo"),
    "JP": ("Minatohara District Court", "Asia/Tokyo"),
    "GB": ("Crown Court at Ashcombe", "Europe/London"),
    "AU": ("Magistrates Court at Wattle Creek", "Australia/Sydney"),
    "IN": ("Court of the Magistrate, Devgaon", "Asia/Kolkata"),
    "NL": ("Rechtbank Waterdrecht", "Europe/Amsterdam"),
}

DANGERS = (
    ("A missing child was last seen with an adult she met online.", "The last logins show where she is held."),
    ("The account holder announced to take his life tonight.", "His address lets the police reach him in time."),
    ("Threats of a shooting at a school were posted an hour ago.", "The subscriber behind the account can be stopped."),
    ("A kidnapper sends demands through this account.", "The addresses of the logins lead to the hostage."),
)
QUESTIONS = (
    "Your request names a display name only. Please give the account's number or e-mail address.",
    "The second page, with the list of accounts, is missing. Please send the whole document.",
    "Please state the period for which you ask for records.",
)
REPLIES = (
    "The account is the one named in the corrected schedule, which is attached.",
    "We confirm the period from the first to the last day of that month.",
)
OBJECTIONS = (
    "This is a dispute between former business partners. Nobody was harmed.",
    "I am a journalist; these accounts hold my sources.",
    "I was never told of any investigation and will ask a court to quash it.",
    "J'ai saisi le tribunal pour faire annuler cette demande.",
)
DECISIONS = (
    "The request is specific and rests on a court's finding. Your reasons do not touch its validity.",
    "We have narrowed what is given to the period named in the order. Beyond that your objection has no ground in law.",
)
IN_ENGLISH = "It is in English."
CUTS = (
    "This kind of process does not reach it.",
    "Asked for more than the investigation described can need.",
)
REFUSALS: dict[str, str] = {
    "overbroad": "It asks for every message of an open-ended period. Please narrow it to what the case needs.",
    "not_specific": "It does not say whose account it means.",
    "not_signed": "The copy that reached us carries no signature.",
    "use_mlat": "Content can only be given through mutual legal assistance.",
    "agency_not_verified": "We could not confirm that it comes from the authority that it names.",
    "forged": "The authority that it names knows nothing of it.",
    "no_reply": "Our question has been open for a month.",
    "refused_by_authority": "The enforcing authority that was notified refused the execution.",
    "no_emergency": "It describes a theft; nobody's life or health is in danger.",
    "not_compellable": "No part of what is asked can be given under this instrument.",
    "conflict_of_law": "The law of our customer's country forbids it.",
}
WITHDRAWALS = (
    "The officer called from the verified number: the suspect was found otherwise.",
    "The prosecutor wrote that the government will not defend the order.",
)
NO_CONFLICT = "No law of the customer's country stands against an answer of this scope."
CONFLICT = "The law where the customer lives forbids an answer without a treaty, and none carries this one."
GROUNDS_TO_CHALLENGE = (
    "The order would reach the records of many people who have nothing to do with the case.",
    "Nothing in the application shows why the customer may not be told.",
)
REASONS = "The court found that what is offered there is against the law that the order cites."
REDRESS = "An appeal to the court that the order names, within a month of this notice."
NOBODY_ELSE = "Nothing of anybody else is served from there."
SILENCE_FIRST = "The court's order not to tell goes before the notice until it ends."

PAPER = "The subpoena came by registered post, for the same account and the same case."

# What is said in a life and need not stand in any of its rows afterwards.
SPOKEN = (IN_ENGLISH, *CUTS, *WITHDRAWALS, NO_CONFLICT, CONFLICT, PAPER)
