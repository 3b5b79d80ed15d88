import sys, time
from copy import deepcopy
import pytest
from django.test import Client
from tests.test_rights import world
from tests.rights.routes import all_routes
from tests.rights.rows import *
from tests.rights.walk import Walk
from tests.rights.secrets import Place, leaks
from tests.rights.outcomes import *
pytestmark = pytest.mark.django_db
GUESS = ["draft","page","live","image","document","upload_image","collection","workflow","task","person","group","redirect","site","club","member","team","venue","request","run","invitation","proposed","season","project","link"]
FIX = dict(app_label="wagtailcore", model_name="page", content_type_app_name="portal", content_type_model_name="standardpage", action="delete", action_name="approve", session_id=1, token="x", uidb64="x", uidb36="1", key="x", page_view_restriction_id=1, restriction_id=1, kind="csv", path="x")
def test_explore(world):
    routes = all_routes()
    out = open("/tmp/explore.txt","w")
    walks = {}
    for role in (Role.OFFICER, Role.EDITOR, Role.COORDINATOR, Role.ADMINISTRATOR):
        c = Client()
        c.force_login(world.administrator if role==Role.ADMINISTRATOR else world.home.people[{Role.OFFICER:"officer",Role.EDITOR:"editor",Role.COORDINATOR:"coordinator"}[role]])
        walks[role] = Walk(role, c, deepcopy(c.cookies), world, routes)
    t=time.time(); n=0
    for key, route in routes.items():
        if not route.name: print(key, file=out); continue
        params = [p for p in route.parameters if p not in FIX]
        objs = {**world.home.objects, **world.shared}
        want = "image" if key.startswith("wagtailimages") else "document" if key.startswith("wagtaildocs") else "collection" if "collections" in key else "person" if "users_users" in key else "group" if "users_groups" in key else "site" if "sites" in key else "workflow" if "workflows" in key else None
        cands = [g for g in ([want] if want else GUESS) if g in objs and all(p in objs[g] for p in params)] if params else [""]
        if not params and "(" in route.pattern and "?P" not in route.pattern: print(key,"ARGS",file=out); continue
        if not cands: print(key, "NO CAND", params, file=out); continue
        of = cands[0]
        for role, w in walks.items():
            cellout=[]
            for place in ((Place.HOME, Place.AWAY) if of in world.home.objects else (Place.HOME,)):
                row_ = Row(key, of, {}, fixed={k:v for k,v in FIX.items() if k in route.parameters})
                path = w._path(row_, place)
                for q in ("", "?q=zz&term=zz"):
                    if q and params: continue
                    row_ = Row(key, of, {}, query=q, fixed=row_.fixed)
                    for method in ("GET","POST"):
                        n+=1
                        row2 = Row(key, of, {}, query=q, fixed=row_.fixed, method=method)
                        a = w._ask(method, path, row2)
                        cellout.append(f"{place[0]}:{method}{'?' if q else ''}={a}{' W'+','.join(a.changed) if a.changed else ''}{' LEAK '+','.join(leaks(a.text,role)) if leaks(a.text,role) else ''}")
            print(f"{key:55} {of:10} {role[:8]:8} {' | '.join(cellout)}", file=out)
    print(time.time()-t, n, file=out)
