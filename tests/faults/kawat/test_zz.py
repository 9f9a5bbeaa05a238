from collections import Counter
import tests.faults.kawat.sesi as sesi
C=Counter()
def test_x(induk, folder, monkeypatch):
    import tests.faults.kawat.test_sesi as t
    from hypothesis.stateful import RuleBasedStateMachine
    orig=RuleBasedStateMachine._add_result_to_targets if hasattr(RuleBasedStateMachine,'_add_result_to_targets') else None
    import hypothesis.stateful as hs
    p=sesi.Sesi._repr_step
    def rs(self, rule, data, result):
        C[rule.function.__name__]+=1
        return p(self, rule, data, result)
    import hypothesis.stateful
    # count via executed rules
    for n in ("ajukan","kirim","ditolak","mati_saat_mengirim","buka_ulang","jam_melompat","tarik","token_salah","portal","tiba_terlambat","server_mati","putuskan","mulai","teardown"):
        f=getattr(sesi.Sesi,n)
        if hasattr(f,'hypothesis_stateful_rule'): pass
    rules=sesi.Sesi.rules() if callable(sesi.Sesi.rules) else sesi.Sesi.rules
    for r in rules:
        def wrap(fn):
            def g(self,*a,**k):
                C[fn.__name__]+=1
                return fn(self,*a,**k)
            return g
        object.__setattr__(r,'function',wrap(r.function))
    t.test_sessions_end_equal(induk, folder, lambda q,l:q)
    print(C)
