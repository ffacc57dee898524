"""The words that decide whether a period ends a sentence: data for `corpus.sentences`."""

MONTHS = frozenset(
    """
    januar jänner februar feber märz april mai juni juli august september oktober november dezember
    jan jan. feb feb. mrz apr apr. jun jul aug aug. sep sept sept. okt okt. nov nov. dez dez.
    january february march may june july october december oct dec mar
    """.split()
)

# Never the end of a sentence: a number, a name or an explanation has to follow.
ABBREVIATIONS = frozenset(
    """
    abl abschn abt allg alt anl anm ao art artt aufl ausf ausg ausschl az bayer bbg bd bde bearb
    begr beil bek bes bez betr bgbl bl bspw bsp bzgl bzw ca chr d.h d.i def dgl dipl dipl.-ing
    dr dt durchschn ebd ed eds einschl engl entspr erg erl erw et etwaig evtl ev exkl fachl fam fig
    finanz fn fr frhr gem ges geb gez ggf ggfs ggü griech grds hans hl hr hrn hrsg
    i.d.f i.d.r i.e i.e.s i.h.v i.r.d i.r.v i.s.d i.s.v i.v.m i.v inh inkl ing insb insbes int
    jew jg jhrl jur kath kfm kom kirchl landw lat lfd lic lit lt ltd lt mag max med mdl mtl
    min.-dirig mind ministerialdirig mrs mr ms müsste nachf nat nds no nr nrn obj op orig österr
    phil pol poln pos priv prof proz qual quant rd rdnr reg rel resp rhein rn rspr russ röm
    sächs schr schriftl schweiz sekr sen sog sogen soz spez st staatl stv stellv städt
    s.o s.u str.-nr tab techn teilw tel telef telefax thür u.a.m überarb übers uff umg univ
    u.u urspr usf v.a verf verg vert vgl verm vol vorl vors vs württ wiss wg wö z.b z.t z.zt zb
    zit zivilr zt zul zus zzgl zgl zw zzt e.g cf approx dept est esp gov incl para pp sect viz
    abs absch ziff nummer.o a.a.o m.e m.w m.a.w u.ä.m buchst unterabs ua hauptst vorschr rdschr
    dienstl monatl jährl gesetzl geltg finanzg bundesges landesges schulsoz kommunalverf hess
    niedersächs brandenb förd-rl richtl vv.nr verw stellungn zeitr zuzügl abzügl mont fax mobil
    """.split()
)

# Abbreviations that a sentence may end with; it does when a word follows that starts sentences.
CLOSING = frozenset(
    """
    etc usw ff f e.v v o.ä u.ä ä u.a a u.v.m m u.v.a.m o.g dgl.m co inc corp std min sek mio mrd tsd
    str pl kap jh jhd jh.s n.chr v.chr chr uvm ugs p.a p.m a.m u.s u.k e.u n.n eur euro cent
    km cm mm kg proz.p pers stk tl bf ehem.b zt.z s.a i.d.j d.j d.m d.a d.s w.o.g r.k
    jan feb mrz apr jun jul aug sep sept okt nov dez oct dec
    """.split()
)

# A number after these counts ("Modul 1."), it does not order ("das 1. Modul").
NUMBERED = frozenset(
    """
    modul module modulen phase stufe gruppe klasse teil kapitel kap abschnitt anlage anhang artikel
    art absatz abs satz nummer nr nrn ziffer ziff punkt seite seiten s § §§ buchst buchstabe
    variante option version ebene ebenen schritt tabelle tab abbildung abb zeile spalte band bd
    los lose paragraph fassung folge ausgabe heft raum zimmer gebäude haus etage formular vordruck
    cluster level step section sec no page figure part chapter article annex rund etwa über unter
    mindestens höchstens maximal insgesamt gleich auf um nur noch
    """.split()
)

# Before a number with a period these promise an ordinal: "bis zum 2. Halbjahr".
ORDINAL_LEADS = frozenset(
    """
    der die das dem den des im am zum zur vom beim ins ans jeder jede jedes jedem jeden diese dieser
    dieses diesem diesen und bis oder ein eine einer einem einen ihre ihrer seine seiner unser
    unsere kein keine montag dienstag mittwoch donnerstag freitag samstag sonntag
    """.split()
)

# Words that open a sentence far more often than they follow an abbreviation or an ordinal.
STARTERS = frozenset(
    """
    Aber Ab Abweichend Alle Allerdings Alternativ Als Also Am An Andere Anders Anschließend Anträge
    Auch Auf Aus Außerdem Ausnahmen Ausgenommen Bei Beide Beim Beispiele Bereits Besonders Bis
    Bitte Da Dabei Dadurch Dafür Dagegen Daher Damit Danach Daneben Dann Daran Darauf Daraus Darin
    Darüber Darum Darunter Das Dass Davon Dazu Dem Den Denn Dennoch Der Deren Des Deshalb Dessen
    Deswegen Die Dies Diese Dieselbe Diesem Diesen Dieser Dieses Doch Dort Durch Ein Eine Einem
    Einen Einer Eines Einige Er Erst Es Falls Ferner Für Gegebenenfalls Gemäß Gibt Grundsätzlich
    Hat Hier Hierbei Hierdurch Hierfür Hierunter Hierzu Ihr Ihre Ihrem Ihren Ihrer Im In Innerhalb
    Insgesamt Ist Je Jede Jeder Jedes Jedoch Kann Kein Keine Können Man Mehr Mit Mithilfe Muss
    Müssen Nach Nachdem Neben Nicht Nun Nur Ob Obwohl Oder Ohne Pro Rund Sämtliche Sein Seine
    Seit Seitdem Sie Siehe So Sobald Sofern Solche Soll Sollte Sollten Somit Sowohl Sowie Spätestens
    Statt Stattdessen Trotz Trotzdem Über Um Und Unter Unser Unsere Viele Vom Von Vor Voraussetzung
    Während War Waren Warum Was Weil Weiter Weitere Weiterhin Welche Welcher Welches Wenn Wer Werden
    Wie Wir Wird Wo Wobei Während Zu Zudem Zugleich Zum Zur Zusätzlich Zuständig Zuvor Zwar Zwischen
    The This These Those That It In If For We You They There He She An As At By From On Our Its
    Please When Where Which While With Each Every All Applications However
    """.split()
)
